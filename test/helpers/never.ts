export { never } from '../../lib/testing/harness/never.js';
