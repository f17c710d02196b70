import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Readable } from 'node:stream';
import { pipeline as nodePipeline } from 'node:stream/promises';
import { expect } from 'chai';
import {
  count,
  forEach,
  map,
  pipeline,
  pull,
  type RunEnd,
  type RunStart,
  range,
  stats,
} from '../../../lib/index.js';
import { rejection } from '../../helpers/rejection.js';

describe('diagnostics_channel', () => {
  const starts: RunStart[] = [];
  const ends: RunEnd[] = [];
  const onStart = (message: unknown) => void starts.push(message as RunStart);
  const onEnd = (message: unknown) => void ends.push(message as RunEnd);

  beforeEach(() => {
    starts.length = 0;
    ends.length = 0;
    subscribe('sluice:run:start', onStart);
    subscribe('sluice:run:end', onEnd);
  });

  afterEach(() => {
    unsubscribe('sluice:run:start', onStart);
    unsubscribe('sluice:run:end', onEnd);
  });

  const names = ({ stats: { stages } }: RunEnd) =>
    stages.map(({ stage, itemsOut }) => `${stage.name} ${itemsOut}`);

  it('tells of the beginning and the end of every run, with statistics, without the stats option', async () => {
    await pipeline(
      range(0, 5),
      map((x) => x),
      count(),
    );
    expect(starts).to.have.length(1);
    expect(ends).to.have.length(1);
    expect(ends[0]?.run).to.equal(starts[0]?.run);
    expect(ends[0]?.error).to.equal(undefined);
    expect(ends[0]?.stats.ended).to.equal(true);
    expect(names(ends[0]!)).to.deep.equal(['range 5', 'map 5', 'count 0']);
  });

  it('tells what a run has failed with', async () => {
    const cause = new Error('broken on purpose');
    const failing = forEach(() => {
      throw cause;
    });
    const error = await rejection(pipeline([1], failing));
    expect(ends[0]?.error).to.equal(error);
  });

  it('lets a subscriber ask a run while it is under way', async () => {
    const seen: number[] = [];
    const ask = forEach(async () => {
      await Promise.resolve();
      seen.push(starts[0]?.read().stages[0]?.itemsOut ?? -1);
    });
    await pipeline(range(0, 2), ask);
    expect(seen).to.deep.equal([1, 2]);
  });

  it('tells the same of a run that has statistics of its own, and of pull', async () => {
    const own = stats();
    await pipeline([1], count(), { stats: own });
    expect(ends[0]?.stats.stages).to.deep.equal(own.read().stages);
    expect([...pull([1, 2])]).to.deep.equal([1, 2]);
    expect(names(ends[1]!)).to.deep.equal(['from 2']);
  });

  it("tells of a stage within Node's own pipeline", async () => {
    const sink = count();
    await nodePipeline(
      Readable.from([1, 2]),
      map((x: number) => x),
      sink,
    );
    await sink.result();
    expect(ends.map(names)).to.deep.include(['input 2', 'map 2', 'output 0']);
  });

  it('costs nothing and publishes nothing without a subscriber', async () => {
    unsubscribe('sluice:run:start', onStart);
    unsubscribe('sluice:run:end', onEnd);
    await pipeline([1], count());
    expect(starts).to.deep.equal([]);
    expect(ends).to.deep.equal([]);
  });
});
