import { createRequire } from 'node:module';

/**
 * Loads one of the `dependencies` when it is first needed. The load is synchronous: a stage that waited for it could
 * not run in `pull`.
 */
export const loadPackage: (name: string) => unknown = createRequire(import.meta.url);
