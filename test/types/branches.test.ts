import { createWriteStream } from 'node:fs';
import { expect } from 'chai';
import {
  balance,
  branch,
  broadcast,
  compose,
  count,
  forEach,
  formatCsv,
  formatNdjson,
  groupBy,
  map,
  partition,
  pipeline,
  push,
  range,
  reduce,
  type Sink,
  toArray,
} from '../../lib/index.js';
import { exactly } from './same.js';

const add = (sum: number, x: number): number => sum + x;
const file = () => compose(formatNdjson(), createWriteStream('x'));
const csv = () => compose(formatCsv(), createWriteStream('x'));
const texts = () =>
  compose(
    map((x: number) => x.toFixed()),
    toArray(),
  );

/** Never called: what stands behind a branch that takes anything has the types of the items all the same. */
async function besideAnything() {
  const log = file();
  exactly<[void, string[], void]>()(
    await pipeline(
      range(0, 3),
      broadcast(
        compose(formatNdjson(), createWriteStream('x')),
        compose(
          map((x) => x.toFixed()),
          toArray(),
        ),
        forEach((x) => exactly<number>()(x)),
      ),
    ),
  );
  const item = { a: 1 };
  await pipeline(
    [item],
    broadcast(
      csv(),
      forEach((x) => exactly<{ a: number }>()(x)),
      { buffer: 2 },
    ),
  );
  await pipeline(
    range(0, 3),
    balance(
      log,
      forEach((x) => exactly<number>()(x)),
    ),
  );
  await pipeline(range(0, 3), broadcast(branch(log), branch(forEach((x) => exactly<number>()(x)))));
  await pipeline(
    range(0, 3),
    broadcast(
      log,
      balance(
        log,
        forEach((x) => exactly<number>()(x)),
      ),
    ),
  );
  await pipeline(
    range(0, 3),
    partition(
      (x) => exactly<number>()(x) > 1,
      log,
      forEach((x) => exactly<number>()(x)),
    ),
  );
  await pipeline(
    range(0, 3),
    partition((x) => (x > 1 ? 'a' : 'b'), { a: log, b: forEach((x) => exactly<number>()(x)) }),
  );
  exactly<Map<string, void>>()(
    await pipeline(
      range(0, 3),
      groupBy(
        (x) => x.toFixed(),
        () => file(),
      ),
    ),
  );
  const producer = push(
    map((x: number) => x + 1),
    broadcast(
      log,
      forEach((x) => exactly<number>()(x)),
    ),
  );
  exactly<[unknown, number | undefined] | undefined>()(await producer.send(1));
}

/** Never called: alone, a junction takes what its branches take. */
function alone() {
  const answers = broadcast(
    reduce(add, 0),
    forEach((x) => exactly<number>()(x) > 1),
  );
  const sink: Sink<number, [number, void]> = answers;
  const routed: Sink<number, [number, number]> = partition(
    (x) => exactly<number>()(x) > 1,
    reduce(add, 0),
    count(),
  );
  return [sink, routed, balance(texts(), texts())];
}

describe('a branch that takes anything', () => {
  it('leaves the items of the other branches their types', () => {
    expect([typeof besideAnything, typeof alone]).to.deep.equal(['function', 'function']);
  });
});
