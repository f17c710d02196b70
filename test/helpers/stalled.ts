export { Stalled } from '../../lib/testing/harness/stalled.js';
