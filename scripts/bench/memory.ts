/** Prints peak memory, each case in a fresh process: items through ten stages, and files through the command. */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  batch,
  count,
  drop,
  enumerate,
  filter,
  flatMap,
  formatNdjson,
  map,
  pairwise,
  pipeline,
  range,
  scan,
  take,
  tap,
} from '../../lib/index.js';

const MIB = 1024 * 1024;
const command = fileURLToPath(new URL('../../lib/cli/main.js', import.meta.url));

/** Runs `items` numbers through ten stages; prints the peak of this process in KiB. */
async function tenStages(items: number): Promise<void> {
  await pipeline(
    range(0, items),
    map((x) => ({ x })),
    filter(({ x }) => x >= 0),
    tap(() => {}),
    enumerate(),
    flatMap(([index, { x }]) => [index + x]),
    scan((_last, x) => x, 0),
    pairwise(),
    batch(10),
    drop(1),
    take(items),
    count(),
  );
  console.log(process.resourceUsage().maxRSS);
}

/** Peak memory in MiB of a child that prints it, in KiB, last on stderr or stdout. */
function peakMiB(args: readonly string[]): number {
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: MIB });
  if (child.status !== 0) throw new Error(`${args.join(' ')} failed: ${child.stderr}`);
  return Number(`${child.stderr}${child.stdout}`.trim().split('\n').at(-1)) / 1024;
}

/** Loaded before the command: tells its peak when it exits. */
const tellPeak = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => console.error(process.resourceUsage().maxRSS));",
)}`;

async function writeFile(path: string, mib: number): Promise<void> {
  const line = JSON.stringify({ n: 1e9, text: 'x'.repeat(80) }).length + 1;
  const items = Math.ceil((mib * MIB) / line);
  const item = map((n: number) => ({ n: 1e9 + n, text: 'x'.repeat(80) }));
  await pipeline(range(0, items), item, formatNdjson(), createWriteStream(path));
}

function report(title: string, peaks: readonly (readonly [string, number])[]): void {
  const [[, smallest] = ['', 1]] = peaks;
  console.log(title);
  for (const [name, mib] of peaks) {
    const ratio = (mib / smallest).toFixed(2);
    console.log(`  ${name.padEnd(16)} ${mib.toFixed(0).padStart(5)} MiB   ${ratio}x`);
  }
}

async function measure(quick: boolean): Promise<void> {
  console.log(`Peak memory, node ${process.version}, ${process.platform} ${process.arch}\n`);
  const self = fileURLToPath(import.meta.url);
  const amounts = quick ? [10_000, 100_000, 1_000_000] : [10_000, 1_000_000, 10_000_000];
  report(
    'items through ten stages',
    amounts.map((items) => [items.toLocaleString('en'), peakMiB([self, `--items=${items}`])]),
  );
  const folder = mkdtempSync(join(tmpdir(), 'sluice-memory-'));
  try {
    const peaks: [string, number][] = [];
    for (const mib of quick ? [1, 10, 50] : [10, 100, 1024]) {
      const file = join(folder, `${mib}.ndjson`);
      await writeFile(file, mib);
      const stages = ['filter(r => r.n % 2 === 0)', 'map(r => ({ n: r.n }))'];
      const output = join(folder, 'out.ndjson');
      const args = ['--import', tellPeak, command, '-i', file, '-o', output, ...stages];
      peaks.push([`${mib} MiB`, peakMiB(args)]);
      rmSync(file);
    }
    report('\nan NDJSON file through the command: parse, filter, map, format', peaks);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [option = ''] = process.argv.slice(2);
const items = /^--items=(\d+)$/.exec(option)?.[1];
if (items !== undefined) await tenStages(Number(items));
else await measure(option === '--quick');
