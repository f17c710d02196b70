export { Counted } from '../../lib/testing/counted.js';
