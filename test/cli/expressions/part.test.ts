import { Readable, Transform } from 'node:stream';
import { TransformStream } from 'node:stream/web';
import { expect } from 'chai';
import { CommandError } from '../../../lib/cli/errors/command-error.js';
import { part } from '../../../lib/cli/expressions/part.js';
import { map } from '../../../lib/operators/map.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { from } from '../../../lib/sources/from.js';
import { range } from '../../../lib/sources/range.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { badUsage, done, failed, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const double = (x: number): number => x * 2;

const run = (value: unknown): Promise<unknown> =>
  pipeline([range(1, 4), part(value, 'it', { map }), toArray()]);

describe('part', () => {
  const folder = new Folder();

  it('part takes a function for map(function)', async () => {
    expect(await run(double)).to.deep.equal([2, 4, 6]);
  });

  it('part takes an async generator function for one that reads all items', async () => {
    const sums = async function* (items: AsyncIterable<number>) {
      let sum = 0;
      for await (const item of items) {
        sum += item;
        yield sum;
      }
    };
    expect(await run(sums)).to.deep.equal([1, 3, 6]);
  });

  it("part takes Node's transforms and the web's", async () => {
    const stream = new Transform({
      objectMode: true,
      transform: (item, _encoding, callback) => callback(null, double(item)),
    });
    const pair = new TransformStream<number, number>({
      transform: (item, controller) => controller.enqueue(double(item)),
    });
    expect(await run(stream)).to.deep.equal([2, 4, 6]);
    expect(await run(pair)).to.deep.equal([2, 4, 6]);
  });

  for (const [what, value, message] of [
    ['a number', 42, 'it is a number, not a stage'],
    ['undefined', undefined, 'it is undefined, not a stage'],
    ['null', null, 'it is null, not a stage'],
    ['an object', {}, 'it is an object, not a stage'],
    ['an array', [], 'it is an array, not a stage'],
    ['a class', class Some {}, 'it is a class, not a stage'],
    ['a source', from([1]), 'it is a source'],
    ['a readable stream', Readable.from([1]), 'it is an object, not a stage'],
    ['a generator function', function* () {}, 'it is a generator function'],
  ] as const) {
    it(`part refuses ${what}`, () => {
      expect(() => part(value, 'it', { map }))
        .to.throw(CommandError, message)
        .with.property('exitCode', 2);
    });
  }

  it('a stage that is a plain function maps', async () => {
    expect(await sluice(folder, ['r => r.a'], '{"a":1}\n')).to.deep.equal(done('1\n'));
  });

  it('a stage that is no stage says what it is and what was meant', async () => {
    expect(await sluice(folder, ['r => r', '42'])).to.deep.equal(
      badUsage(
        'stage 2 `42` is a number, not a stage; a stage is an operator, such as map(...) or filter(...), or a function, which means map(function)',
      ),
    );
  });

  it('an operator that is not called says so', async () => {
    expect(await sluice(folder, ['pairwise'])).to.deep.equal(
      badUsage('stage 1 `pairwise` is not called: write pairwise(...)'),
    );
  });

  for (const [what, stage] of [
    ['a composed stage', 'compose(map(r => r), filter(r => r.a.b))'],
    [
      'an async generator function',
      'async function* (items) { for await (const r of items) yield r.a.b }',
    ],
    ['a sink', 'reduce((sum, r) => r.a.b, 0)'],
    ['a composed sink', 'compose(map(r => r), forEach(r => r.a.b))'],
  ] as const) {
    it(`${what} that fails is shown as it was typed`, async () => {
      const { code, stderr } = await sluice(folder, ['map(r => r)', stage], '{"a":{"b":0}}\n{}\n');
      expect(stderr).to.match(
        /^sluice: stage 2 failed(?: on item 2(?: \(stdin, line 2\))?)?: Cannot read properties of undefined/,
      );
      const caret = ' '.repeat(stage.indexOf('a.b') + 2);
      expect(stderr.slice(stderr.indexOf('\n'))).to.equal(`\n  ${stage}\n  ${caret}^\n`);
      expect(code).to.equal(1);
    });
  }

  it('null for an item is refused by name', async () => {
    expect(await sluice(folder, ['map(() => null)'], '{}\n')).to.deep.equal(
      failed(
        'stage 1 `map(() => null)` failed on item 1 (stdin, line 1): null cannot be an item of a Node stream; use undefined, or drop it with filter',
      ),
    );
  });
});
