import { expect } from 'chai';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import type { Sink } from '../../lib/streams/sink.js';
import type { Source } from '../../lib/streams/source.js';
import type { Stage } from '../../lib/streams/stage.js';
import { nodeRun } from './node-run.js';

/** Tests the output of a stage for `items`: as part of a segment, as a stream, and with `pull`. */
export function stageGives<I, O>(
  title: string,
  items: readonly I[],
  make: () => Stage<I, O>,
  expected: readonly O[],
): void {
  stageGivesLater(title, items, make, expected);
  it(`${title} (pull)`, () => {
    expect([...pull(items, make())]).to.deep.equal(expected);
  });
}

/** The same for a stage that waits, without `pull`. */
export function stageGivesLater<I, O>(
  title: string,
  items: readonly I[],
  make: () => Stage<I, O>,
  expected: readonly O[],
): void {
  it(`${title} (pipeline)`, async () => {
    expect(await pipeline(items, make(), toArray())).to.deep.equal(expected);
  });
  it(`${title} (Node's pipeline)`, async () => {
    const sink = toArray<O>();
    await nodeRun([items, make(), sink]);
    expect(await sink.result()).to.deep.equal(expected);
  });
}

/** Tests the result of a sink: as part of a segment, and as a stream. */
export function sinkGives<I, R>(
  title: string,
  items: readonly I[],
  make: () => Sink<I, R>,
  expected: R,
): void {
  it(`${title} (pipeline)`, async () => {
    expect(await pipeline(items, make())).to.deep.equal(expected);
  });
  it(`${title} (Node's pipeline)`, async () => {
    const sink = make();
    await nodeRun([items, sink]);
    expect(await sink.result()).to.deep.equal(expected);
  });
}

/** Tests the items of a source: as part of a segment, piped as a stream, and read by `for await`. */
export function sourceGives<T>(
  title: string,
  make: () => Source<T>,
  expected: readonly unknown[],
): void {
  it(`${title} (pipeline)`, async () => {
    expect(await pipeline(make(), toArray())).to.deep.equal(expected);
  });
  it(`${title} (Node's pipeline)`, async () => {
    const sink = toArray<T>();
    await nodeRun([make(), sink]);
    expect(await sink.result()).to.deep.equal(expected);
  });
  it(`${title} (for await)`, async () => {
    const items: T[] = [];
    for await (const item of make()) items.push(item);
    expect(items).to.deep.equal(expected);
  });
}
