export { never } from '../../lib/testing/never.js';
