import { expect } from 'chai';
import { filter, map, pipeline, toArray } from '../../lib/index.js';
import { exactly } from './same.js';

const mixed: (number | string)[] = [1, 'a'];

describe('a callback that is a type guard without saying so', () => {
  it('narrows the items', async () => {
    const result = await pipeline(
      mixed,
      filter((x) => typeof x === 'string'),
      map((text) => text.length),
      toArray(),
    );
    expect(exactly<number[]>()(result)).to.deep.equal([1]);
  });

  it('narrows them beside a policy', async () => {
    const result = await pipeline(
      mixed,
      filter((x) => typeof x === 'string', { onError: 'skip' }),
      toArray(),
    );
    expect(exactly<string[]>()(result)).to.deep.equal(['a']);
  });
});
