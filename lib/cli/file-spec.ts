import { badUsage } from './command-error.js';
import { type Compression, compressions } from './compressions.js';
import { DEFAULT_FORMAT, type Format, formats } from './formats.js';

/** A file as the command line names it: where it is, and what its bytes mean. */
export interface FileSpec {
  /** The path, or `-` for stdin or stdout. */
  readonly path: string;
  readonly format: Format;
  readonly compression: Compression | undefined;
}

/** What a file's endings say, unless a flag names the format. */
export function fileSpec(path: string, format: string | undefined): FileSpec {
  const compression = compressions.find(({ ending }) => path.endsWith(ending));
  const plain = compression ? path.slice(0, -compression.ending.length) : path;
  return { path, format: formatOf(format ?? impliedBy(plain)), compression };
}

function impliedBy(path: string): string {
  const implied = Object.entries(formats).find(([, { endings }]) =>
    endings.some((ending) => path.endsWith(ending)),
  );
  return implied?.[0] ?? DEFAULT_FORMAT;
}

function formatOf(name: string): Format {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format) return format;
  const known = Object.keys(formats);
  throw badUsage(`unknown format '${name}' (there are ${known.join(' and ')})`, {
    unknown: { word: name, known },
  });
}
