import { expect } from 'chai';
import {
  compose,
  map,
  pipeline,
  pull,
  range,
  reduce,
  type Sink,
  type Source,
  type Stage,
  toArray,
} from '../../lib/index.js';
import { exactly } from './same.js';

const more = (): Stage<number, number>[] => [map((x) => x + 1), map((x) => x * 2)];

describe('stages that are spread', () => {
  it('keep types in a pipeline', async () => {
    const result = await pipeline(range(0, 2), ...more(), toArray());
    expect(exactly<number[]>()(result)).to.deep.equal([2, 4]);
    const options = { signal: new AbortController().signal };
    const sum = (total: number, x: number) => total + x;
    const total = await pipeline(range(0, 2), ...more(), reduce(sum, 0), options);
    expect(exactly<number>()(total)).to.equal(6);
  });

  it('keep types between other stages', async () => {
    const result = await pipeline(
      range(0, 2),
      map((x) => x + 1),
      ...more(),
      map((x) => exactly<number>()(x) + 1),
      toArray(),
    );
    expect(exactly<number[]>()(result)).to.deep.equal([5, 7]);
  });

  it('keep types in pull', () => {
    const options = { signal: new AbortController().signal };
    expect(exactly<number[]>()([...pull([1], ...more())])).to.deep.equal([4]);
    expect(exactly<number[]>()([...pull([1], ...more(), options)])).to.deep.equal([4]);
  });

  it('keep types in compose, which makes one stage of them for any place', async () => {
    const stage = exactly<Stage<number, number>>()(compose(...more()));
    const source = exactly<Source<number>>()(compose(range(0, 2), ...more()));
    const sink: Sink<number, number[]> = compose(...more(), toArray());
    const texts = map((x: number) => `${x}`);
    const result = await pipeline(source, stage, texts, toArray());
    expect(exactly<string[]>()(result)).to.deep.equal(['6', '10']);
    expect(await pipeline([1], sink)).to.deep.equal([4]);
  });
});
