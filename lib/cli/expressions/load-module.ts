import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf } from '../../core/base/message-of.js';
import { badUsage, CommandError, FAILED } from '../errors/command-error.js';
import { awaited } from './awaited.js';
import type { Operators } from './concurrent.js';
import { type Part, part } from './part.js';

/**
 * Loads the stages of a module: its default export is an array of them, or a function that returns one or several. The
 * function gets the library, so that the module does not need it installed.
 */
export async function loadModule(path: string, operators: Operators): Promise<readonly Part[]> {
  const made = await call(path, await load(path), operators);
  const values: readonly unknown[] = Array.isArray(made) ? made : [made];
  return values.map((value, at) => part(value, `stage ${at + 1} of ${path}`, operators));
}

async function load(path: string): Promise<unknown> {
  if (!existsSync(path)) throw new CommandError(FAILED, `${path}: no such file`);
  const { href } = pathToFileURL(resolve(path));
  let exported: { readonly default?: unknown };
  try {
    exported = (await import(href)) as typeof exported;
  } catch (error) {
    throw failure(path, error);
  }
  const { default: made } = exported;
  if (typeof made === 'function' || Array.isArray(made)) return made;
  throw badUsage(
    `${path} must export by default an array of stages, or a function that makes one or several`,
  );
}

async function call(path: string, made: unknown, operators: Operators): Promise<unknown> {
  if (typeof made !== 'function') return made;
  try {
    return await awaited(made({ ...(await import('../../index.js')), ...operators }));
  } catch (error) {
    throw failure(path, error);
  }
}

function failure(path: string, error: unknown): CommandError {
  const { code } = error as NodeJS.ErrnoException;
  const reason =
    code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[mc]?ts$/.test(path)
      ? `TypeScript needs Node 22.18 or later; this is Node ${process.versions.node}`
      : messageOf(error);
  return new CommandError(FAILED, `${path}: ${reason}`, { cause: error });
}
