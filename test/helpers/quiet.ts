export { quiet } from '../../lib/testing/quiet.js';
