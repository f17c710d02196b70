import { createRequire } from 'node:module';

/**
 * Loads a package when it is first needed, and at once: a stage that had to wait for it could not run in `pull`. The
 * name is that of one in `dependencies`.
 */
export const loadPackage: (name: string) => unknown = createRequire(import.meta.url);
