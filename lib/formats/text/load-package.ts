import { createRequire } from 'node:module';
import { ArgumentError } from '../../core/base/errors.js';
import { messageOf } from '../../core/base/message-of.js';

/** The build calls it `require`, which only bundlers of others are to see: a module that Node loads has none. */
declare const bundlerRequire: (name: string) => unknown;

/** Written out, as bundlers include what they see required by name. */
const included = {
  'csv-parse/sync': () => bundlerRequire('csv-parse/sync'),
  'stream-chain/core': () => bundlerRequire('stream-chain/core'),
  'stream-json/parser.js': () => bundlerRequire('stream-json/parser.js'),
  'stream-json/filters/pick.js': () => bundlerRequire('stream-json/filters/pick.js'),
  'stream-json/streamers/stream-values.js': () =>
    bundlerRequire('stream-json/streamers/stream-values.js'),
  'stream-json/utils/verifier.js': () => bundlerRequire('stream-json/utils/verifier.js'),
  'string-width': () => bundlerRequire('string-width'),
};

type PackageName = keyof typeof included;

/** Whether this is a file of the installed package, which has its dependencies beside it, and not a part of a bundle. */
const isInstalled = /\/lib\/(bundle|formats\/text\/load-package)\.js$/.test(import.meta.url);

/**
 * Loads one of the `dependencies` when it is first needed. The load is synchronous: a stage that waited for it could
 * not run in `pull`.
 */
export function loadPackage(name: PackageName): unknown {
  if (isInstalled || typeof bundlerRequire !== 'function')
    return createRequire(import.meta.url)(name);
  try {
    return included[name]();
  } catch (error) {
    // A bundle that is a module can't require what was left out, but may find it installed. One of CommonJS has no URL.
    if (!import.meta.url) throw error;
    return createRequire(import.meta.url)(name);
  }
}

/**
 * Called when a stage is made that may load a package. In a bundle it is loaded at once, as one that was left out is to be
 * told at the call, and not by the first row that needs it.
 */
export function needPackage(who: string, name: PackageName): void {
  if (isInstalled) return;
  try {
    loadPackage(name);
  } catch (cause) {
    const [unit] = name.split('/');
    const [why] = messageOf(cause).split('\n');
    throw new ArgumentError(
      `${who}: ${unit} can't be loaded; have the bundler include it, or install it where the bundle runs (${why})`,
    );
  }
}
