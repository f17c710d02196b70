import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { alone, done, failed, sluice } from '../helpers/command.js';
import { Folder } from '../helpers/folder.js';

const items = '{"a":1}\n{"a":2}\n';

// Most tests run the command in a process that has run others before: these show that it does the same in one of its own.
describe('the command in a process of its own, and in one that it shares', () => {
  const folder = new Folder();

  beforeEach(() => {
    folder.write('in.csv', 'a,b\n1,x\n2,y\n');
    folder.write('stages.mjs', 'export default ({ map }) => map(r => [process.cwd(), r.a]);');
  });

  const lines: Readonly<Record<string, readonly [readonly string[], (string | Uint8Array)?]>> = {
    'hands on items': [['filter(r => r.a > 1)'], items],
    'hands on much': [['flatMap(r => Array(50_000).fill(r))'], items],
    'reads what is compressed': [['.a'], gzipSync(items)],
    'reads nothing': [[], ''],
    'reads a part of much': [['take(1)'], items.repeat(100_000)],
    'reads a file': [['-i', 'in.csv', '-t', 'json']],
    'reads bytes that are no text': [['-f', 'lines'], Buffer.of(0xff, 0x0a)],
    'reads a module': [['-m', 'stages.mjs'], items],
    'says what is bad usage': [['tkae(1)'], items],
    'says where a stage fails': [['map(r => r.a.b.c)'], items],
    'says where an input is bad': [[], `${items}{`],
    'says what it leaves out': [['--on-error', 'skip'], `{\n${items}`],
    'says that it is stuck': [['() => new Promise(() => {})'], items],
    'says help': [['--help']],
    'has a console': [['tap(r => console.log(r, process.argv.slice(2)))', 'count()'], items],
    'has the working folder': [['() => process.cwd()'], items],
    'waits for what is left to be done': [
      ['tap(r => setTimeout(() => console.error("late"), 20))'],
      items,
    ],
    'ends where a stage says so': [['r => process.exit(r.a + 6)'], items],
    'ends by an uncaught error': [
      [
        'tap(() => process.once("beforeExit", () => { throw Object.assign(new Error(), { stack: "up" }); }))',
      ],
      items,
    ],
    'ends by a signal': [['tap(() => process.kill(process.pid, "SIGKILL"))'], items],
  };

  for (const [title, [args, input = '']] of Object.entries(lines)) {
    it(title, async () => {
      const own = await alone(folder, args, input);
      expect(await sluice(folder, args, input)).to.deep.equal(own);
    });
  }

  it('side by side, each has what is its own', async () => {
    const numbers = Array.from({ length: 5 }, (_, at) => at);
    const outcomes = numbers.map((at) => sluice(folder, [`r => r + ${at}`], '1\n'));
    expect(await Promise.all(outcomes)).to.deep.equal(numbers.map((at) => done(`${at + 1}\n`)));
  });

  for (const [what, leave, left] of [
    ['global name', 'globalThis.left = 1', 'typeof left !== "undefined"'],
    ['listener', 'process.on("SIGHUP", () => {})', 'process.listenerCount("SIGHUP") > 0'],
    ['variable of the environment', 'process.env.LEFT = "1"', '"LEFT" in process.env'],
    ['exit code', 'process.exitCode = 9', 'process.exitCode === 9'],
    ['folder', 'process.chdir("/")', 'process.cwd() === "/"'],
    ['stream', 'process.stdout.left = 1', 'process.stdout.left === 1'],
  ] as const) {
    it(`no ${what} is left to the next`, async () => {
      const args = [`r => { const was = ${left}; ${leave}; return [was, ${left}]; }`];
      for (const _ of [1, 2])
        expect(await sluice(folder, args, '1\n')).to.deep.equal(done('[false,true]\n'));
    });
  }

  it('one that has failed leaves nothing to the next', async () => {
    const [first, second] = [await sluice(folder, [], '{'), await sluice(folder, [], items)];
    expect(first.code).to.equal(failed('').code);
    expect(second).to.deep.equal(done(items));
  });
});
