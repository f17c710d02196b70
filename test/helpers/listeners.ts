export { listeners } from '../../lib/testing/harness/listeners.js';
