import { Readable } from 'node:stream';
import { expect } from 'chai';
import { concat, pipeline, take, toArray } from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { rejection } from '../helpers/rejection.js';

describe('a function as a source', () => {
  it('is not called before an item is wanted, nor is that of a source after it', async () => {
    const calls: string[] = [];
    const first = () => {
      calls.push('first');
      return [1, 2];
    };
    const second = () => {
      calls.push('second');
      return [3];
    };
    const source = concat(first, second);
    expect(calls).to.deep.equal([]);
    expect(await pipeline(source, take(2), toArray())).to.deep.equal([1, 2]);
    expect(calls).to.deep.equal(['first']);
  });

  it('that makes a stream has it closed when the pipeline settles', async () => {
    const counted = new Counted();
    const made: Readable[] = [];
    const make = () => {
      const stream = Readable.from(counted.later());
      made.push(stream);
      return stream;
    };
    expect(await pipeline(make, take(2), toArray())).to.deep.equal([0, 1]);
    expect(made.map(({ closed }) => closed)).to.deep.equal([true]);
    expect(counted.closed).to.equal(true);
  });

  it('that makes a stream fails with the error of the stream as it is', async () => {
    const cause = new Error('input failed on purpose');
    const make = () => new Readable({ read() {}, construct: (callback) => callback(cause) });
    expect(await rejection(pipeline(make, toArray()))).to.equal(cause);
  });
});
