import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect } from 'chai';
import { broadcast } from '../../lib/junctions/broadcast.js';
import { batch } from '../../lib/operators/batch.js';
import { filter } from '../../lib/operators/filter.js';
import { count } from '../../lib/sinks/count.js';
import { first } from '../../lib/sinks/first.js';
import { reduce } from '../../lib/sinks/reduce.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Folder } from '../helpers/folder.js';
import { sinkGives } from '../helpers/gives.js';
import { kinds } from '../helpers/kinds.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { openFiles } from '../helpers/open-files.js';
import { refuses } from '../helpers/refuses.js';
import { typed } from '../helpers/typed.js';

const sum = () => reduce((total: number, x: number) => total + x, 0);

describe('broadcast', () => {
  noUnhandled();
  const folder = new Folder();

  sinkGives(
    'broadcast results in the tuple of the results',
    [1, 2, 3],
    () =>
      broadcast(
        sum(),
        toArray<number>(),
        compose(
          filter((x: number) => x > 1),
          count(),
        ),
      ),
    [6, [1, 2, 3], 2],
  );
  sinkGives(
    'broadcast of nothing results in what the sinks make of nothing',
    [],
    () => broadcast(sum(), toArray(), first()),
    [0, [], undefined],
  );
  sinkGives('broadcast to one sink results in a tuple of one', [1], () => broadcast(sum()), [1]);
  sinkGives('broadcast nests', [1, 2], () => broadcast(broadcast(sum(), count()), toArray()), [
    [3, 2],
    [1, 2],
  ]);
  sinkGives(
    'broadcast gives undefined to every branch like any item',
    [undefined, 0],
    () => broadcast(toArray(), toArray(), { buffer: 1 }),
    [
      [undefined, 0],
      [undefined, 0],
    ],
  );
  for (const [kind, make] of Object.entries(kinds)) {
    it(`broadcast takes the items of ${kind}`, async () => {
      const results = await pipeline(make([1, 2, 3]), broadcast(sum(), toArray()));
      expect(results).to.deep.equal([6, [1, 2, 3]]);
    });
  }

  it('broadcast infers the tuple from its sinks', async () => {
    const run = pipeline(
      range(0, 2),
      broadcast(sum(), toArray<number>(), async () => 'text'),
    );
    typed<[number, number[], string]>()(await run);
  });

  it('broadcast writes to streams and functions of the user beside our sinks', async () => {
    const path = join(folder.path, 'branch.txt');
    const written: unknown[] = [];
    const objects = new Writable({
      objectMode: true,
      write: (item, _encoding, done) => {
        written.push(item);
        setImmediate(done);
      },
    });
    const web = new WritableStream({ write: (item) => void written.push(`web ${item}`) });
    const read = async (items: AsyncIterable<string>) => {
      let text = '';
      for await (const item of items) text += item;
      return text;
    };
    const results = await pipeline(
      ['a', 'b', 'c'],
      broadcast(createWriteStream(path), objects, web, read, count()),
    );
    expect(results).to.deep.equal([undefined, undefined, undefined, 'abc', 3]);
    expect(folder.text('branch.txt')).to.equal('abc');
    expect(await openFiles(path)).to.equal(0);
    expect(written.filter((item) => !String(item).startsWith('web'))).to.deep.equal([
      'a',
      'b',
      'c',
    ]);
    expect(written).to.include.members(['web a', 'web b', 'web c']);
    expect(objects.closed).to.equal(true);
  });

  refuses('broadcast without a sink is refused', () => broadcast({} as never), 'broadcast: needs');
  refuses(
    'broadcast to a stage is refused, as nothing would read it',
    () => broadcast(toArray(), batch(2) as never),
    'broadcast: a branch is a stage',
  );
  for (const buffer of [0, -1, 1.5, Number.NaN]) {
    refuses(
      `broadcast refuses ${buffer} as buffer`,
      () => broadcast(toArray(), { buffer }),
      `broadcast: buffer must be an integer from 1, got ${buffer}`,
    );
  }
  it('broadcast to a sink that is in a pipeline already is refused', () => {
    const sink = toArray();
    expect(() => broadcast(sink, sink))
      .to.throw()
      .with.property('code', 'ERR_SLUICE_USED');
  });
});
