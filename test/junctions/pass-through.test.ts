import { PassThrough, Readable, Transform, Writable } from 'node:stream';
import { expect } from 'chai';
import {
  balance,
  branch,
  broadcast,
  compose,
  count,
  groupBy,
  hub,
  map,
  partition,
  pipeline,
  range,
  tee,
  toArray,
  zip,
} from '../../lib/index.js';
import { Sink } from '../../lib/streams/sink.js';
import { Source } from '../../lib/streams/source.js';
import { Stage } from '../../lib/streams/stage.js';

const BUFFER = 5;

/** A stream that notes what is piped into it, and what it gets. */
class Noting extends Writable {
  readonly from: Readable[] = [];
  readonly items: unknown[] = [];

  constructor() {
    super({ objectMode: true });
    this.on('pipe', (from: Readable) => this.from.push(from));
  }

  override _write(item: unknown, _encoding: BufferEncoding, done: () => void): void {
    this.items.push(item);
    setImmediate(done);
  }

  expectPassThrough(): void {
    expect(this.from).to.have.length(1);
    const [from] = this.from;
    expect(from).to.be.instanceOf(PassThrough);
    expect(from).to.include({ readableObjectMode: true, readableHighWaterMark: BUFFER });
  }
}

const ITEMS = 40;
const all = Array.from({ length: ITEMS }, (_, x) => x);

describe('a stream of the user behind a junction', () => {
  const junctions: Record<string, (to: Noting) => Sink<number, unknown>> = {
    broadcast: (to) => broadcast(to, count(), { buffer: BUFFER }) as Sink<number, unknown>,
    partition: (to) =>
      partition(() => true, to, count(), { buffer: BUFFER }) as Sink<number, unknown>,
    balance: (to) => balance(to, { buffer: BUFFER }) as Sink<number, unknown>,
    groupBy: (to) =>
      groupBy(
        () => 'all',
        () => to,
        { buffer: BUFFER },
      ) as Sink<number, unknown>,
    branch: (to) => branch(to, { buffer: BUFFER }) as Sink<number, unknown>,
    'a branch behind stages': (to) =>
      broadcast(
        compose(
          map((x: number) => x),
          to,
        ),
        { buffer: BUFFER },
      ) as Sink<number, unknown>,
    hub: (to) => {
      const joined = hub<number>();
      joined.join(to, { buffer: BUFFER });
      return joined as unknown as Sink<number, unknown>;
    },
  };

  for (const [name, junction] of Object.entries(junctions)) {
    it(`gets its items from ${name} through a PassThrough with the buffer of the branch`, async () => {
      const to = new Noting();
      await pipeline(range(0, ITEMS), junction(to));
      expect(to.items).to.deep.equal(all);
      to.expectPassThrough();
    });
  }

  it('gets its items from tee through a PassThrough with the buffer of the branch', async () => {
    const to = new Noting();
    const [left, right] = tee(range(0, ITEMS), { buffer: BUFFER });
    const [, items] = await Promise.all([pipeline(left, to), pipeline(right, toArray())]);
    expect(items).to.deep.equal(all);
    expect(to.items).to.deep.equal(all);
    to.expectPassThrough();
  });

  it('never makes more than its buffer wait in the PassThrough, and drops what its policy drops', async () => {
    const to = new Noting();
    const slow = branch(to, { when: 'drop-newest', buffer: BUFFER });
    const [{ dropped }] = await pipeline(range(0, 1000), broadcast(slow, count()));
    expect(dropped).to.be.above(0);
    expect(to.items.length + dropped).to.equal(1000);
  });
});

describe('the parts of a pipeline', () => {
  it('are object-mode streams of Node, and zip is a custom Readable', () => {
    const stage = map((x: number) => x);
    expect(stage).to.be.instanceOf(Transform).and.instanceOf(Stage);
    expect(stage).to.include({ readableObjectMode: true, writableObjectMode: true });
    const zipped = zip(range(0, 1), range(0, 1));
    expect(zipped).to.be.instanceOf(Readable).and.instanceOf(Source);
    expect(Object.getPrototypeOf(zipped)).to.not.equal(Readable.prototype);
    expect(zipped.readableObjectMode).to.equal(true);
    const sink = toArray();
    expect(sink).to.be.instanceOf(Writable).and.instanceOf(Sink);
    expect(sink.writableObjectMode).to.equal(true);
  });
});
