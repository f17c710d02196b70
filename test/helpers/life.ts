export { Life } from '../../lib/testing/life.js';
