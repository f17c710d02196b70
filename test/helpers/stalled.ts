export { Stalled } from '../../lib/testing/stalled.js';
