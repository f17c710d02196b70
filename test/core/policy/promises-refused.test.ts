import { expect } from 'chai';
import {
  drain,
  groupBy,
  join,
  map,
  mergeSorted,
  pipeline,
  sample,
  sort,
  toArray,
  top,
} from '../../../lib/index.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { stageFailure } from '../../helpers/rejection.js';

const late = async () => {
  throw new Error('broken on purpose');
};
const promised = late as never;
const sorted = { on: (x: number) => x, strategy: 'sorted', compare: promised } as const;

const runs: Record<string, [run: () => Promise<unknown>, message: RegExp]> = {
  'order, of map': [
    () =>
      pipeline(
        [1, 2],
        map((x) => x, { concurrency: 2, order: late }),
        drain(),
      ),
    /^map.* failed on item 0: expected a key, got a promise of one$/,
  ],
  'make, of groupBy': [
    () =>
      pipeline(
        [1, 2],
        groupBy((x) => x, promised),
      ),
    /^groupBy.* failed on item 0: expected a sink of make, got a promise of one$/,
  ],
  'compare, of sort': [
    () => pipeline([1, 2], sort({ compare: promised }), toArray()),
    /^sort.*: expected a number of compare, got a promise of one$/,
  ],
  'compare, of top': [
    () => pipeline([1, 2, 3], top(1, undefined, { compare: promised }), toArray()),
    /^top.*: expected a number of compare, got a promise of one$/,
  ],
  'compare, of mergeSorted': [
    () => pipeline(mergeSorted([1], [2], { compare: promised }), toArray()),
    /^mergeSorted.*: expected a number of compare, got a promise of one$/,
  ],
  'compare, of join': [
    () => pipeline(join([1], [2], sorted as never), toArray()),
    /^join.*: expected a number of compare, got a promise of one$/,
  ],
  'random, of sample': [
    () => pipeline([1, 2], sample(1, { random: promised }), toArray()),
    /^sample.* failed on item 1: expected a number of random, got a promise of one$/,
  ],
  'a function as the source': [
    () => pipeline(promised, toArray()),
    /must return an iterable or async iterable, got Promise$/,
  ],
  'a function as a stage': [
    () => pipeline([1], promised, toArray()),
    /must return an iterable or async iterable: use an async generator function, or map\(fn\) if the function is for one item$/,
  ],
};

describe('a promise where none can be waited for', () => {
  noUnhandled();

  for (const [title, [run, message]] of Object.entries(runs)) {
    it(`fails the run, once, though it rejects: ${title}`, async () => {
      expect((await stageFailure(run())).message).to.match(message);
    });
  }
});
