import { badUsage } from '../errors/command-error.js';
import { type Compression, compressions } from './compressions.js';
import { type OptionValues, readOptions } from './format-options.js';
import { DEFAULT_FORMAT, type Format, formats } from './formats.js';
import { isRemote, remoteUrl } from './remote.js';

/** A file of the command line: its path, and what its bytes mean. */
export interface FileSpec {
  /** The path, or `-` for stdin or stdout. */
  readonly path: string;
  readonly format: Format;
  readonly options: OptionValues;
  readonly compression: Compression | undefined;
}

/** The flag that names the format: `--from` for inputs, `--to` for outputs. */
type Flag = '--from' | '--to';

/** The format and compression of a file. Its name says both, unless a flag names the format. */
export function fileSpec(path: string, flag: Flag, format: string | undefined): FileSpec {
  const named = (isRemote(path) ? remoteUrl(path).pathname : path).toLowerCase();
  const compression = compressions.find(({ ending }) => named.endsWith(ending));
  const plain = compression ? named.slice(0, -compression.ending.length) : named;
  return { path, compression, ...formatOf(flag, format ?? impliedBy(plain)) };
}

function impliedBy(path: string): string {
  const implied = Object.entries(formats).find(([, { endings }]) =>
    endings.some((ending) => path.endsWith(ending)),
  );
  return implied?.[0] ?? DEFAULT_FORMAT;
}

/** Reads `csv:types,delimiter=;` to a format and its options. */
function formatOf(flag: Flag, text: string): Pick<FileSpec, 'format' | 'options'> {
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  const way = flag === '--from' ? format?.reads : format?.writes;
  if (!format || !way) throw unknownFormat(flag, name);
  const options = colon < 0 ? '' : text.slice(colon + 1);
  return { format, options: readOptions(`${flag} ${name}`, options, way.options) };
}

function unknownFormat(flag: Flag, word: string): Error {
  const known = Object.entries(formats)
    .filter(([, { reads }]) => flag === '--to' || reads)
    .map(([name]) => name);
  const why = Object.hasOwn(formats, word) ? `${word} can't be read` : `unknown format '${word}'`;
  return badUsage(`${why} (there are ${known.join(', ')})`, { unknown: { word, known } });
}
