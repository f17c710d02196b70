import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Folder } from '../helpers/folder.js';

const main = fileURLToPath(new URL('../../lib/cli/main.js', import.meta.url));

/** Some 50 MB. */
const ROWS = 1_000_000;
const row = (at: number): string => `${at},"person, ${at}",Oslo,said ${at * 7919},"a ""b"""\n`;
const line = (at: number): string => `{"id":${at},"name":"person, ${at}","n":${at * 7919}}\n`;

describe('a large file through the command', function () {
  this.timeout(60_000);
  const folder = new Folder();

  /** In a heap of 24 MB; the input is made on the way. */
  function run(args: readonly string[], source: string): number | null {
    const script = '"$NODE" -e "$SOURCE" | "$NODE" --max-old-space-size=24 "$MAIN" "$@"';
    const env = { ...process.env, NODE: process.execPath, MAIN: main, SOURCE: source };
    return spawnSync('sh', ['-c', script, 'sh', ...args], { cwd: folder.path, env }).status;
  }

  const made = (make: (at: number) => string, head = ''): string => `
    const make = ${make};
    const chunks = function* () {
      yield ${JSON.stringify(head)};
      for (let at = 0; at < ${ROWS}; ) {
        let text = '';
        for (const end = at + 1000; at < end; at += 1) text += make(at);
        yield text;
      }
    };
    require('node:stream').pipeline(chunks(), process.stdout, () => {});`;

  for (const [title, args, source] of [
    [
      'CSV',
      ['-f', 'csv', '-t', 'csv', 'filter(r => r.id % 2)'],
      made(row, 'id,name,city,text,more\n'),
    ],
    ['NDJSON', ['filter(r => r.id % 2)'], made(line)],
  ] as const) {
    it(`${title} needs little memory`, () => {
      expect(run([...args, '-o', 'out'], source)).to.equal(0);
    });

    it(`${title} would not fit, which is how this is known to test it`, () => {
      const holding = args.map((arg) => (arg.startsWith('filter') ? 'batch(1e9)' : arg));
      expect(run([...holding, '-o', 'out'], source)).to.not.equal(0);
    });
  }
});
