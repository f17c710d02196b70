export { listeners } from '../../lib/testing/listeners.js';
