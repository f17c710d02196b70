export { assertSameItems as expectSameItems } from '../../lib/testing/harness/same-items.js';
