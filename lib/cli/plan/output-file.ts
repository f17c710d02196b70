import { badUsage } from '../errors/command-error.js';
import type { Line } from '../expressions/line.js';
import { type FileSpec, fileSpec } from '../files/file-spec.js';
import { isRemote } from '../files/remote.js';
import { pathTemplate } from './path-template.js';
import type { Split } from './split.js';

/** A file to write, or many files: one for each value of a key. */
export interface OutputFile extends FileSpec {
  readonly split: Split | undefined;
}

/** Reads the value of `--output`, or of another flag that names a file to write. */
export async function outputFile(
  path: string,
  flag: string,
  format: string | undefined,
): Promise<OutputFile> {
  const spec = fileSpec(path, '--to', format);
  if (isRemote(path)) {
    if (/\{.*\}/.test(path)) throw badUsage(`${path}: only files can be split by a key`);
    return { ...spec, split: undefined };
  }
  const template = pathTemplate(path);
  if (template.keys.length === 0)
    return { ...spec, path: template.texts.join(''), split: undefined };
  const { splitBy } = await import('./split.js');
  return { ...spec, split: await splitBy(path, flag, template) };
}

/** An output: the stages for the items of the main stages, and the file that they go to. */
export interface PlannedOutput {
  readonly line: Line;
  readonly file: OutputFile;
}
