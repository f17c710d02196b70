import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { concat } from '../../lib/junctions/concat.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { Folder } from '../helpers/folder.js';
import { sourceGives } from '../helpers/gives.js';
import { kinds } from '../helpers/kinds.js';
import { logging } from '../helpers/logging.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { openFiles } from '../helpers/open-files.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

describe('concat', () => {
  noUnhandled();
  const folder = new Folder();

  for (const [left, makeLeft] of Object.entries(kinds)) {
    for (const [right, makeRight] of Object.entries(kinds)) {
      sourceGives(
        `concat(${left}, ${right}) emits the items of the one after those of the other`,
        () => concat(makeLeft<unknown>([1, undefined]), makeRight<unknown>([]), makeRight(['a'])),
        [1, undefined, 'a'],
      );
    }
  }
  sourceGives('concat of empty sources emits nothing', () => concat([], [], []), []);
  sourceGives(
    'concat of sources with stages runs each through its own',
    () =>
      concat(
        compose(
          range(0, 2),
          map((x) => x * 10),
        ),
        compose(range(5, 99), take(1)),
      ),
    [0, 10, 5],
  );

  it('concat can be pulled synchronously', () => {
    expect([...pull(concat([1], ['a']))]).to.deep.equal([1, 'a']);
  });

  it('concat infers its items from its sources', async () => {
    typed<(number | string)[]>()(await pipeline(concat(range(0, 1), ['a']), toArray()));
  });

  refuses('concat without a source is refused', () => concat(), 'concat: needs at least 1');
  refuses('concat of null is refused', () => concat(null as never), 'concat: the source must be');

  it('concat opens a source when the one before has ended and is closed', async () => {
    const log: string[] = [];
    const sources = [logging(log, 'a', [1, 2]), logging(log, 'b', []), logging(log, 'c', [3])];
    expect(await pipeline(concat(...sources), toArray())).to.deep.equal([1, 2, 3]);
    const life = (name: string) => ['opened', 'ended', 'closed'].map((what) => `${name} ${what}`);
    expect(log).to.deep.equal([...life('a'), ...life('b'), ...life('c')]);
  });

  it('concat reads one stream after the other and leaves no descriptor open', async () => {
    const names = ['a.txt', 'b.txt'];
    for (const name of names) folder.write(name, `${name} `.repeat(20_000));
    const streams = names.map((name) =>
      createReadStream(join(folder.path, name), { encoding: 'utf8' }),
    );
    const text = (await pipeline(concat(...streams), toArray())).join('');
    expect(text).to.equal(names.map((name) => folder.text(name)).join(''));
    for (const name of names) expect(await openFiles(join(folder.path, name))).to.equal(0);
  });

  it('concat that is ended early closes all its sources, also those it has not reached', async () => {
    const counted = new Counted();
    const path = join(folder.path, 'later.txt');
    folder.write('later.txt', 'x'.repeat(300_000));
    const later = createReadStream(path);
    await pipeline(concat(counted.items(), later), take(2), drain());
    expect(counted).to.deep.equal({ asked: 2, closed: true });
    expect(later.closed).to.equal(true);
    expect(await openFiles(path)).to.equal(0);
  });

  it('concat does not open a function that it never reaches', async () => {
    const log: string[] = [];
    await pipeline(concat([1, 2], logging(log, 'later', [3])), take(2), drain());
    expect(log).to.deep.equal([]);
  });

  it('concat fails when the source at hand fails, and closes the others', async () => {
    const later = never();
    const broken = compose(
      [1],
      map(function refuse() {
        throw new Error('on purpose');
      }),
    );
    const error = await stageFailure(pipeline(concat([0], broken, later), drain()));
    expect(error.stage).to.deep.equal({
      name: 'map(refuse)',
      position: 1,
      within: { stage: { name: 'concat', position: 0 }, side: 'input', at: 1 },
    });
    expect(later.closed).to.equal(true);
  });

  it('concat fails at once when a stream that it has not reached fails', async () => {
    const [first, later] = [never(), never()];
    const cause = new Error('input failed on purpose');
    const run = rejection(pipeline(concat(first, later), drain()));
    await quiet(() => 0);
    later.destroy(cause);
    expect(await run).to.equal(cause);
    expect(first.closed).to.equal(true);
  });

  it('concat that is aborted while it closes a source awaits that', async () => {
    const controller = new AbortController();
    let closed = false;
    const closing = async function* () {
      try {
        yield 1;
      } finally {
        controller.abort();
        await quiet(() => 0);
        closed = true;
      }
    };
    const run = pipeline(concat(compose(closing(), take(1)), Readable.from([2])), drain(), {
      signal: controller.signal,
    });
    expect(await rejection(run)).to.have.property('code', 'ABORT_ERR');
    expect(closed).to.equal(true);
  });
});
