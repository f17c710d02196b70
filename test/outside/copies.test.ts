import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline as nodePipeline } from 'node:stream/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import * as A from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const double = (x: number): number => x * 2;

describe('two copies of the package in one process', () => {
  noUnhandled();
  const folder = mkdtempSync(join(tmpdir(), 'sluice-'));
  let B: typeof A;

  before(async () => {
    cpSync(here('../../lib'), join(folder, 'lib'), { recursive: true });
    symlinkSync(here('../../../node_modules'), join(folder, 'node_modules'));
    B = (await import(pathToFileURL(join(folder, 'lib/index.js')).href)) as typeof A;
    expect(B.Sink).to.not.equal(A.Sink);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('share sources, stages and sinks, whose result is the result of the run', async () => {
    expect(await A.pipeline(B.range(0, 3), B.map(double), B.toArray())).to.deep.equal([0, 2, 4]);
    expect(await B.pipeline([1, 2], A.map(double), B.map(double), A.count())).to.equal(2);
    expect(
      await A.pipeline(
        [] as number[],
        B.reduce((sum, x) => sum + x, 0),
      ),
    ).to.equal(0);
  });

  it('share what compose, push and junctions make', async () => {
    const source = A.compose(B.range(0, 4), B.map(double));
    const sink = A.compose(
      B.filter((x: number) => x > 0),
      B.toArray(),
    );
    expect(await B.pipeline(source, sink)).to.deep.equal([2, 4, 6]);
    expect(await A.pipeline(B.zip([1, 2], [3, 4]), B.toArray())).to.deep.equal([
      [1, 3],
      [2, 4],
    ]);
    expect(await A.pipeline(A.zip(B.range(0, 2), B.range(5, 7)), A.toArray())).to.deep.equal([
      [0, 5],
      [1, 6],
    ]);
    const both = A.broadcast(B.count(), A.compose(B.map(double), A.toArray()));
    expect(await B.pipeline([1, 2], both)).to.deep.equal([2, [2, 4]]);
    const items = B.toArray<number>();
    const producer = A.push(B.map(double), items);
    await producer.send(1);
    await producer.close();
    expect(await items.result()).to.deep.equal([2]);
  });

  it('share branches, with their policies and their records', async () => {
    const failing = B.branch(
      B.forEach(() => {
        throw new Error('mine');
      }),
      { onError: 'detach' },
    );
    const [all, record] = await A.pipeline([1, 2, 3], A.broadcast(A.count(), failing));
    expect(all).to.equal(3);
    expect(record.status).to.equal('rejected');
    const kept = await A.pipeline([1, 2], A.broadcast(B.branch(B.toArray<number>())));
    expect(kept).to.deep.equal([{ status: 'fulfilled', value: [1, 2], dropped: 0 }]);
  });

  /** Runs that have enough before their source ends. The parts of Y have enough in a run of X. */
  const early: Record<
    string,
    (X: typeof A, Y: typeof A, source: () => AsyncIterable<number>) => unknown
  > = {
    'a stage': (X, Y, source) => X.pipeline(source(), Y.take(3), X.toArray()),
    'stages in a row': (X, Y, source) => X.pipeline(source(), Y.take(3), Y.take(1), Y.toArray()),
    'a sink': (X, Y, source) =>
      X.pipeline(
        source(),
        Y.find((x: number) => x > 4),
      ),
    'the branches': (X, Y, source) =>
      X.pipeline(source(), X.broadcast(Y.first(), Y.compose(Y.take(2), X.count()))),
    "a stage in Node's pipeline": (X, Y, source) =>
      nodePipeline(
        X.from(source()),
        X.map(double),
        Y.take(3),
        new PassThrough({ objectMode: true }).resume(),
      ),
  };
  for (const [what, run] of Object.entries(early)) {
    it(`end a run of each other early by ${what}, and close its source`, async () => {
      const [one, other] = [new Counted(), new Counted()];
      await run(A, B, () => one.later());
      await run(B, A, () => other.later());
      expect([one.closed, other.closed]).to.deep.equal([true, true]);
    });
  }

  it('end each other early, with the items that there were', async () => {
    const counted = new Counted();
    expect(await A.pipeline(counted.later(), B.take(3), A.toArray())).to.deep.equal([0, 1, 2]);
    const other = new Counted();
    expect(await A.pipeline(other.later(), A.map(double), B.first())).to.equal(0);
  });

  it('fail each other with the error of the one that has failed', async () => {
    const cause = new Error('mine');
    const fail = (): never => {
      throw cause;
    };
    const counted = new Counted();
    for (const run of [
      () => A.pipeline(counted.later(), B.map(fail), A.toArray()),
      () => A.pipeline(counted.later(), B.forEach(fail)),
      () => A.pipeline(B.compose(B.range(0, 3), B.map(fail)), A.toArray()),
    ]) {
      const error = await rejection(run());
      expect(error).to.be.instanceOf(B.StageError);
      expect(error).to.have.property('cause', cause);
    }
    expect(counted.closed).to.equal(true);
  });

  it('refuse by name a part that does not fit its place, or that is in another run', async () => {
    const refused = async (run: Promise<unknown>) =>
      (await rejection(run)) as Error & { code: string };
    const stageLast = await refused(A.pipeline([1], B.map(double) as never));
    expect(stageLast.message).to.include('is a stage, so nothing would read its items');
    const sinkFirst = await refused(A.pipeline([1], B.toArray() as never, A.toArray()));
    expect(sinkFirst.message).to.include('a stage must be').and.include('got Sink');
    const [source, stage, sink] = [B.range(0, 3), B.map(double), B.toArray<number>()];
    await B.pipeline(source, stage, sink);
    for (const run of [
      () => A.pipeline(source, A.toArray()),
      () => A.pipeline([1], stage, A.toArray()),
      () => A.pipeline([1], sink),
    ])
      expect(await refused(run())).to.have.property('code', 'ERR_SLUICE_USED');
  });

  it("refuse each other's dead letters by name", () => {
    const onError = B.deadLetter(B.drain()) as never;
    expect(() => A.map(double, { onError })).to.throw(
      A.ArgumentError,
      'a deadLetter of another copy of sluice',
    );
  });
});
