/** Repeats all workloads, and reports whether memory, handles and listeners stay flat. Run by `npm run soak`. */
import { parseArgs } from 'node:util';
import { measures } from './measures.js';
import { Place } from './place.js';
import { Properties } from './properties.js';
import { Random } from './random.js';
import { report } from './report.js';
import { round } from './round.js';
import { settled } from './settled.js';
import { Tally } from './tally.js';

const USAGE = 'usage: npm run soak -- [--minutes <number>] [--seed <integer>]';

const options = { minutes: { type: 'string' }, seed: { type: 'string' } } as const;

function wishes(): { minutes: number; seed: number } | undefined {
  try {
    const { minutes = '10', seed = String(Math.floor(Math.random() * 2 ** 31)) } = parseArgs({
      options,
    }).values;
    const asked = { minutes: Number(minutes), seed: Number(seed) };
    return asked.minutes > 0 && Number.isInteger(asked.seed) ? asked : undefined;
  } catch {
    return undefined;
  }
}

async function soak(minutes: number, seed: number): Promise<boolean> {
  console.log(`soak: ${minutes} min on Node ${process.version}, --seed ${seed}`);
  const tally = new Tally();
  process.on('unhandledRejection', (reason) => tally.fail('unhandled rejection', reason));
  process.on('warning', (warning) => tally.fail('warning', warning));
  const place = await Place.open(new Random(seed));
  const properties = await Properties.load();
  const all = measures(() => place.listeners);
  const samples: number[][] = all.map(() => []);
  // One round of each property first: code compiled at its first run stays in memory, and must not look like a leak.
  for (const title of properties.titles) await round(place, properties, tally, title);
  const end = performance.now() + minutes * 60_000;
  while (performance.now() < end && tally.failures.length < 10) {
    await round(place, properties, tally);
    await settled();
    for (const [at, { read }] of all.entries()) samples[at]?.push(read());
  }
  await place.close();
  const { table, problems } = report(all, samples);
  console.log(`\n${table}\n`);
  const counts = [...tally.counts].map(([name, count]) => `${name} ${count}`).sort();
  console.log(`${samples[0]?.length} samples; ${counts.join(', ')}`);
  console.log(`${properties.runs} random runs of ${properties.titles.length} properties`);
  const failures = [...tally.failures, ...problems];
  for (const failure of failures) console.log(`\nFAILED ${failure}`);
  return failures.length === 0;
}

const asked = wishes();
if (asked) process.exitCode = (await soak(asked.minutes, asked.seed)) ? 0 : 1;
else {
  console.error(USAGE);
  process.exitCode = 2;
}
