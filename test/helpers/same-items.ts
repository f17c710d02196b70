export { assertSameItems as expectSameItems } from '../../lib/testing/same-items.js';
