/**
 * Prints the peak memory of small and large runs side by side: it should hardly grow. `npm run bench:memory`, or
 * `node dist/scripts/bench/memory.js --quick` for less of everything. Each case is a process of its own.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline as nodePipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import * as sluice from '../../lib/index.js';

const { pipeline, range, batch, count, dedupe, drop, filter, flatMap, map, scan, takeWhile, tap } =
  sluice;

const MB = 1e6;
/** V8 lets garbage pile up to 48 MB before it looks for more of it: kept small, what is left is what is held. */
const SMALL_YOUNG = '--max-semi-space-size=1';
const REPORT_FD = 3;
const self = fileURLToPath(import.meta.url);
const command = fileURLToPath(new URL('../../lib/cli/main.js', import.meta.url));

/** Ten stages of several kinds, over small objects. */
const tenStages = () => [
  map((x: number) => ({ id: x, size: x % 100 })),
  filter((item: { id: number }) => item.id % 10 !== 9),
  tap((item: { size: number }) => item.size),
  scan(
    (sum, item: { id: number; size: number }) => ({ ...item, sum: (sum.sum + item.size) % MB }),
    { sum: 0 },
  ),
  batch(8),
  flatMap((items: readonly unknown[]) => items),
  dedupe({ within: 4 }),
  drop(10),
  takeWhile((item: unknown) => item !== undefined),
  map((item: object) => ({ ...item, done: true })),
];

/** What a child process does; each answers how much it has taken or written. */
const cases: Record<string, (argument: string) => Promise<unknown>> = {
  fused: (items) => pipeline([range(0, Number(items)), ...tenStages(), count()]),

  streams: async (items) => {
    const sink = count();
    await nodePipeline([range(0, Number(items)), ...tenStages(), sink] as never);
    return sink.result();
  },

  promises: (items) =>
    pipeline(
      range(0, Number(items)),
      map(async (x) => x + 1),
      filter(async (x) => x % 2 === 0),
      count(),
    ),

  command: (file) => {
    const stages = ['filter(r => r.id % 3 > 0)', 'map(r => ({ id: r.id, name: r.name }))'];
    process.argv.splice(1, Number.POSITIVE_INFINITY, command, '-i', file, ...stages);
    return import(command);
  },
};

interface Peak {
  readonly bytes: number;
  readonly ms: number;
}

/** The peak of one case, in a process of its own whose output is read and dropped. */
function measure(name: string, argument: string, flags: readonly string[]): Promise<Peak> {
  const began = performance.now();
  const child = spawn(process.execPath, [...flags, self, name, argument], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  child.stdout?.resume();
  let report = '';
  (child.stdio[REPORT_FD] as NodeJS.ReadableStream).on('data', (chunk) => {
    report += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const bytes = Number(report) * 1024;
      if (code !== 0 || !(bytes > 0)) reject(new Error(`${name} ${argument} exited with ${code}`));
      else resolve({ bytes, ms: performance.now() - began });
    });
  });
}

async function child(name: string, argument: string): Promise<void> {
  process.on('exit', () => writeSync(REPORT_FD, String(process.resourceUsage().maxRSS)));
  await cases[name]?.(argument);
}

/** Writes `bytes` of NDJSON, a record of some 100 bytes a line. */
async function writeRecords(path: string, bytes: number): Promise<void> {
  const block = Array.from({ length: 10_000 }, (_, id) =>
    JSON.stringify({ id, name: `record ${id}`, text: 'x'.repeat(40), values: [id, id / 7] }),
  );
  const chunk = Buffer.from(`${block.join('\n')}\n`);
  function* chunks(): Generator<Buffer> {
    for (let written = 0; written < bytes; written += chunk.length) yield chunk;
  }
  await pipeline(chunks(), createWriteStream(path));
}

interface Size {
  readonly label: string;
  readonly argument: string;
}

/** One line: the peak of each size, and how it compares with the first. */
async function compare(
  title: string,
  name: string,
  sizes: readonly Size[],
  flags: readonly string[] = [],
): Promise<void> {
  const parts: string[] = [];
  let first: number | undefined;
  for (const { label, argument } of sizes) {
    const { bytes, ms } = await measure(name, argument, flags);
    first ??= bytes;
    const ratio = (bytes / first).toFixed(2);
    const took = (ms / 1000).toFixed(1);
    parts.push(`${label}: ${(bytes / MB).toFixed(0)} MB (x ${ratio}, ${took} s)`);
  }
  console.log(`${title.padEnd(42)} ${parts.join('   ')}`);
}

const itemSizes = (...counts: number[]): Size[] =>
  counts.map((items) => ({
    label: `${items.toLocaleString('en')} items`,
    argument: String(items),
  }));

async function parent(quick: boolean): Promise<void> {
  const [cpu] = cpus();
  const most = quick ? 1_000_000 : 10_000_000;
  console.log(`node ${process.version}, ${process.platform} ${process.arch}, ${cpu?.model}`);
  console.log('peak resident memory of a process; x: as a multiple of the first\n');
  const fused = itemSizes(10_000, most / 10, most);
  await compare('ten stages, fused', 'fused', fused);
  await compare('  with a young generation of 3 MB', 'fused', fused, [SMALL_YOUNG]);
  await compare(
    "ten streams in Node's pipeline",
    'streams',
    itemSizes(10_000, most / 10, most / 5),
  );
  await compare(
    'callbacks that answer promises',
    'promises',
    itemSizes(10_000, most / 10, most / 2),
  );

  const folder = await mkdtemp(join(tmpdir(), 'sluice-memory-'));
  try {
    const files: Size[] = [];
    for (const megabytes of quick ? [10, 100] : [10, 100, 1000]) {
      const argument = join(folder, `${megabytes}.ndjson`);
      await writeRecords(argument, megabytes * MB);
      files.push({ label: `${megabytes} MB file`, argument });
    }
    const title = 'the command, filter and map over NDJSON';
    await compare(title, 'command', files);
    await compare('  with a young generation of 3 MB', 'command', files, [SMALL_YOUNG]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const [first = '', argument] = process.argv.slice(2);
if (argument !== undefined) await child(first, argument);
else await parent(first === '--quick');
