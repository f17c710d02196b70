import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const VARIABLE = 'SLUICE_BENCH_FOLDER';

/**
 * Makes the folder of this suite's files, until the process exits. Child processes find it by an environment variable.
 */
export function makeFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  process.env[VARIABLE] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.once('SIGINT', () => process.exit(130));
}

const inFolder = (name: string): string => join(process.env[VARIABLE] ?? '.', name);

/** A file of `items` lines of NDJSON, about 99 bytes each. */
export const inputFile = (items: number): string => inFolder(`${items}.ndjson`);

/** The same entries as CSV, with every user in quotes. */
export const csvFile = (items: number): string => inFolder(`${items}.csv`);

/** The output file of a run. */
export const outputFile = (): string => inFolder('output.ndjson');

const LEVELS = ['debug', 'info', 'warn', 'error'];
const STATUSES = [200, 204, 301, 404, 500, 503];

/** An entry of an access log. Its values jump about, so that no line resembles the one before. */
function entry(id: number): Entry {
  const jump = (id * 2_654_435_761) % 4_294_967_296;
  return {
    id,
    level: LEVELS[jump % 4],
    status: STATUSES[jump % 6],
    ms: jump % 1000,
    path: `/api/v1/items/${jump % 100_000}`,
    user: `user-${jump % 5000}`,
  };
}

interface Entry {
  readonly id: number;
  readonly level: string | undefined;
  readonly status: number | undefined;
  readonly ms: number;
  readonly path: string;
  readonly user: string;
}

export const writeInputFile = (items: number): Promise<void> =>
  writeLines(inputFile(items), items, (id) => JSON.stringify(entry(id)));

export const writeCsvFile = (items: number): Promise<void> =>
  writeLines(csvFile(items), items, row, 'id,level,status,ms,path,user\n');

function row(id: number): string {
  const { level, status, ms, path, user } = entry(id);
  return `${id},${level},${status},${ms},${path},"user ""${user}"", agent ""${level}"", as seen by everyone"`;
}

async function writeLines(
  path: string,
  items: number,
  line: (id: number) => string,
  head = '',
): Promise<void> {
  if (existsSync(path)) return;
  const file = createWriteStream(path);
  file.write(head);
  const LINES = 1000;
  for (let from = 0; from < items; from += LINES) {
    const count = Math.min(LINES, items - from);
    const lines = Array.from({ length: count }, (_, at) => `${line(from + at)}\n`);
    if (!file.write(lines.join(''))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

/**
 * A digest of the output file, apart from white space. Removes the file, so that the next peer can't pass it off as its
 * own.
 */
export async function digestOutput(): Promise<string> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(outputFile()) })) {
    hash.update(JSON.stringify(JSON.parse(line)));
    count += 1;
  }
  rmSync(outputFile());
  return `${count} lines, ${hash.digest('hex').slice(0, 16)}`;
}
