export { Life } from '../../lib/testing/harness/life.js';
