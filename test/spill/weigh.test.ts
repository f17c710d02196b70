import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { weigh } from '../../lib/spill/weigh.js';

/** Enough items that garbage of other tests matters little. */
const ITEMS = 100_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const record = (at: number) => ({
  id: at,
  name: `name ${at}`,
  tags: ['a', 'b'],
  when: new Date(at),
});

/** Memory per item that `make` uses, on the heap and outside it. */
function measured(make: (at: number) => unknown): number {
  const items = new Array<unknown>(ITEMS);
  const before = used();
  for (let at = 0; at < items.length; at += 1) items[at] = make(at);
  const bytes = used() - before;
  expect(items).to.have.lengthOf(ITEMS);
  return bytes / ITEMS;
}

/** Collects garbage in several rounds, because some objects are freed only in a later one. */
function used(): number {
  let bytes = Number.POSITIVE_INFINITY;
  for (let before = bytes; ; before = bytes) {
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    bytes = heapUsed + arrayBuffers;
    if (bytes >= before) return bytes;
  }
}

describe('weigh', () => {
  it('weighs more what holds more', () => {
    const ascending = [
      undefined,
      1,
      'text',
      'a longer text than that',
      { text: 'a longer text than that' },
      [{ text: 'a longer text than that' }],
      new Map([['key', { text: 'a longer text than that' }]]),
      Buffer.alloc(1000),
      'x'.repeat(2000),
      new Set(Array.from({ length: 100 }, (_, at) => at)),
    ].map(weigh);
    expect(ascending).to.deep.equal(ascending.toSorted((a, b) => a - b));
    expect(new Set(ascending).size).to.equal(ascending.length);
  });

  it('guesses what it has not looked at from what it has', () => {
    const part = Array.from({ length: 500 }, (_, at) => record(at));
    const whole = Array.from({ length: 50_000 }, (_, at) => record(at));
    expect(weigh(whole) / weigh(part)).to.be.within(30, 300);
  });

  it('comes to an end with what contains itself', () => {
    const circle: { self?: unknown; text: string } = { text: 'x' };
    circle.self = [circle];
    expect(weigh(circle)).to.be.above(0).and.below(100_000);
  });

  it('counts the bytes behind a view, not the items of it', () => {
    for (const view of [Buffer.alloc(5000), new Float64Array(625), new ArrayBuffer(5000)])
      expect(weigh(view)).to.be.within(5000, 5200);
  });

  const kinds: Record<string, (at: number) => unknown> = {
    records: record,
    'short texts': (at) => `item ${at}`.padEnd(30, '.').toUpperCase(),
    pairs: (at) => [at, at + 0.5],
    bytes: (at) => Buffer.alloc(500, at),
  };
  for (const [what, make] of Object.entries(kinds)) {
    it(`is off by no more than a factor of three for ${what}`, () => {
      expect(weigh(make(1)) / measured(make)).to.be.within(1 / 3, 3);
    });
  }
});
