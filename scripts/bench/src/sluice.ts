/** The package as built at the root, for all cases. */
export * from '../../../dist/lib/index.js';
