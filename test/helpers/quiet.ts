export { quiet } from '../../lib/testing/harness/quiet.js';
