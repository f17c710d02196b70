/**
 * A demonstration on real data: runs the command on data/, and shows the command line and its output. Run by `npm
 * start`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';

const SHOWN = 3;
const root = new URL('../../', import.meta.url);

/** The command, line by line as it is shown. */
const command = [
  ['node', 'dist/lib/cli/main.js', 'zip'],
  ['data/seattle-weather.ndjson.gz', 'data/new-york-weather.ndjson'],
  ['filter(([seattle, newYork]) => seattle.precipitation > 0 && newYork.precipitation > 0)'],
  [
    `map(([seattle, newYork]) => ({
      date: seattle.date,
      warmer: Math.round((newYork.tempMax - seattle.tempMax) * 10) / 10,
      wind: Math.max(seattle.wind, newYork.wind),
    }))`,
  ],
  ['--output', 'out/wet.ndjson'],
  ['--tee', 'out/far-apart.ndjson=filter(day => Math.abs(day.warmer) >= 12)'],
  [
    '--tee',
    'out/windy.txt=compose(filter(day => day.wind >= 8), map(day => day.date + " " + day.wind))',
  ],
];

const results = [
  { file: 'out/wet.ndjson', what: 'days with rain or snow in both; how much warmer New York was' },
  { file: 'out/far-apart.ndjson', what: 'of them with a difference of 12 °C or more' },
  { file: 'out/windy.txt', what: 'of them with a wind of 8 m/s or more in one or the other' },
];

type Style = Parameters<typeof styleText>[0];

const styled = (style: Style, text: string): string =>
  process.stdout.isTTY && !process.env['NO_COLOR'] ? styleText(style, text) : text;

const quoted = (argument: string): string =>
  /^[\w./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;

function show({ file, what }: (typeof results)[number]): void {
  const lines = readFileSync(new URL(file, root), 'utf8').split('\n').slice(0, -1);
  console.log(`\n${styled('bold', file)}: ${lines.length} ${what}`);
  for (const line of lines.slice(0, SHOWN)) console.log(`  ${line}`);
  if (lines.length > SHOWN) console.log(styled('dim', `  and ${lines.length - SHOWN} more`));
}

console.log('Four years of weather in Seattle and New York, day by day (see data/README.md)\n');
const shown = command.map((part) => part.map(quoted).join(' ')).join(' \\\n    ');
console.log(styled('cyan', `$ ${shown}`));

mkdirSync(new URL('out/', root), { recursive: true });
const [, ...args] = command.flat();
const { status } = spawnSync(process.execPath, args, {
  cwd: fileURLToPath(root),
  stdio: 'inherit',
});
if (status === 0) results.forEach(show);
else process.exitCode = status ?? 1;
