/** The package as it is built at the root, for all cases. */
export * from '../../../dist/lib/index.js';
