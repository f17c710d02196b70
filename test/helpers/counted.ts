export { Counted } from '../../lib/testing/harness/counted.js';
