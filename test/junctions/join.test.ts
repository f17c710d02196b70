import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { type JoinKind, join } from '../../lib/junctions/join.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { sourceGives } from '../helpers/gives.js';
import { kinds } from '../helpers/kinds.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { refuses } from '../helpers/refuses.js';
import { stageFailure } from '../helpers/rejection.js';
import { exactly } from '../types/same.js';

interface User {
  readonly id: number | undefined;
  readonly name: string;
}

interface Order {
  readonly user: number | undefined;
  readonly sum: number;
}

/** Both in the order of their keys, what has none last. */
const users: readonly User[] = [
  { id: 1, name: 'ann' },
  { id: 2, name: 'bob' },
  { id: 4, name: 'cid' },
  { id: undefined, name: 'dan' },
];
const orders: readonly Order[] = [
  { user: 2, sum: 20 },
  { user: 2, sum: 21 },
  { user: 3, sum: 30 },
  { user: 4, sum: 40 },
  { user: undefined, sum: 50 },
];
const keys = {
  leftKey: ({ id }: User) => id,
  rightKey: ({ user }: Order) => user,
};

type Pair = readonly [User | undefined, Order | undefined];
const show = ([user, order]: Pair) => `${user?.name ?? '-'} ${order?.sum ?? '-'}`;

const paired = ['bob 20', 'bob 21', 'cid 40'];
const inOrderOfLeft = ['ann -', ...paired, 'dan -'];

const expected: Record<JoinKind, Record<'hash' | 'sorted', string[]>> = {
  inner: { hash: paired, sorted: paired },
  left: { hash: inOrderOfLeft, sorted: inOrderOfLeft },
  right: {
    hash: [...paired, '- 30', '- 50'],
    sorted: ['bob 20', 'bob 21', '- 30', 'cid 40', '- 50'],
  },
  outer: {
    hash: [...inOrderOfLeft, '- 30', '- 50'],
    sorted: ['ann -', 'bob 20', 'bob 21', '- 30', 'cid 40', '- 50', 'dan -'],
  },
};

const same = (item: number) => item;

describe('join', () => {
  noUnhandled();

  for (const strategy of ['hash', 'sorted'] as const) {
    describe(`by strategy ${strategy}`, () => {
      for (const kind of ['inner', 'left', 'right', 'outer'] as const) {
        it(`join of kind ${kind} gives every pair of equal keys, and what is kept without a partner`, async () => {
          const source = join(users, orders, { ...keys, kind, strategy });
          const pairs = (await pipeline(source, toArray())) as Pair[];
          expect(pairs.map(show)).to.deep.equal(expected[kind][strategy]);
        });

        it(`join of kind ${kind} with an empty source`, async () => {
          const options = { ...keys, kind, strategy };
          const pairs = async (left: readonly User[], right: readonly Order[]) =>
            (await pipeline(join(left, right, options), toArray())).length;
          const keepsLeft = kind === 'left' || kind === 'outer';
          const keepsRight = kind === 'right' || kind === 'outer';
          expect(await pairs(users, [])).to.equal(keepsLeft ? users.length : 0);
          expect(await pairs([], orders)).to.equal(keepsRight ? orders.length : 0);
          expect(await pairs([], [])).to.equal(0);
        });
      }

      for (const [left, makeLeft] of Object.entries(kinds))
        for (const [right, makeRight] of Object.entries(kinds))
          sourceGives(
            `join(${left}, ${right})`,
            () => join(makeLeft([1, 2, 2]), makeRight([2, 2, 3]), { on: same, strategy }),
            [
              [2, 2],
              [2, 2],
              [2, 2],
              [2, 2],
            ],
          );

      it('join waits for promised keys', async () => {
        const on = async (item: number) => turn(item % 10);
        const pairs = await pipeline(join([1, 2], [11, 12], { on, strategy }), toArray());
        expect(pairs).to.deep.equal([
          [1, 11],
          [2, 12],
        ]);
      });

      it('join can be pulled synchronously', () => {
        expect([...pull(join([1, 2], [2, 3], { on: same, strategy }))]).to.deep.equal([[2, 2]]);
      });

      it('join calls the key function with the item and { signal }, once each', async () => {
        const calls: unknown[] = [];
        const on = (item: number, { signal }: { signal: AbortSignal }) => {
          calls.push([item, signal.aborted]);
          return item;
        };
        await pipeline(join([1, 2], [2], { on, strategy, kind: 'outer' }), drain());
        expect(calls.sort()).to.deep.equal([
          [1, false],
          [2, false],
          [2, false],
        ]);
      });

      it('join is to blame for a key that throws, with the item and its index', async () => {
        const cause = new Error('broken on purpose');
        const rightKey = (item: number) => {
          if (item === 2) throw cause;
          return item;
        };
        const source = join([1, 2, 3], [1, 2], { leftKey: same, rightKey, strategy });
        const error = await stageFailure(pipeline(source, drain()));
        expect(error).to.deep.include({
          stage: { name: 'join', position: 0 },
          index: 1,
          item: 2,
          cause,
        });
      });

      it('join goes by its name option in errors', async () => {
        const on = () => {
          throw new Error('broken on purpose');
        };
        const error = await stageFailure(
          pipeline(join([1], [1], { on, strategy, name: 'mine' }), drain()),
        );
        expect(error.stage.name).to.equal('mine');
      });

      it('join ends without asking for the rest when nothing can come any more', async () => {
        const counted = new Counted();
        const source = join(counted.items(), [], { on: same, strategy });
        expect(await pipeline(source, toArray())).to.deep.equal([]);
        expect(counted.asked).to.be.at.most(1);
        expect(counted.closed).to.equal(counted.asked > 0);
      });
    });
  }

  it('join infers what it emits from its sources and kind', async () => {
    const inner = await pipeline(join(users, orders, keys), toArray());
    exactly<[User, Order][]>()(inner);
    const left = await pipeline(join(users, orders, { ...keys, kind: 'left' }), toArray());
    exactly<[User, Order | undefined][]>()(left);
    const right = await pipeline(join(users, orders, { ...keys, kind: 'right' }), toArray());
    exactly<[User | undefined, Order][]>()(right);
    const outer = await pipeline(
      join(users, orders, {
        leftKey: (user) => user.id,
        rightKey: (order) => order.user,
        kind: 'outer',
      }),
      toArray(),
    );
    exactly<([User, Order] | [User, undefined] | [undefined, Order])[]>()(outer);
    exactly<[number, string][]>()(
      await pipeline(join([1], ['1'], { on: (item) => `${item}` }), toArray()),
    );
  });
});

describe('join refuses at the call', () => {
  const wrong: readonly (readonly [what: string, options: unknown, message: string])[] = [
    ['no options', undefined, 'join: options must be an object'],
    ['no key', {}, 'join: leftKey must be a function, got undefined'],
    ['one key of two', { leftKey: same }, 'join: rightKey must be a function, got undefined'],
    ['on that is no function', { on: 'id' }, 'join: on must be a function, got string'],
    [
      'on and other keys',
      { on: same, leftKey: same },
      'join: give on, or leftKey and rightKey, not both',
    ],
    [
      'a kind it does not know',
      { on: same, kind: 'full' },
      "join: kind must be one of 'inner', 'left', 'right', 'outer', got full",
    ],
    [
      'a strategy it does not know',
      { on: same, strategy: 'loop' },
      "join: strategy must be one of 'hash', 'sorted', got loop",
    ],
    [
      'a bound out of range',
      { on: same, maxItems: 0 },
      'join: maxItems must be an integer from 1, got 0',
    ],
    [
      'compare by hash',
      { on: same, compare: () => 0 },
      "join: compare and descending are for strategy 'sorted' only",
    ],
    [
      'descending by hash',
      { on: same, descending: false },
      "join: compare and descending are for strategy 'sorted' only",
    ],
    [
      'a compare that is none',
      { on: same, strategy: 'sorted', compare: 5 },
      'join: compare must be a function, got number',
    ],
  ];
  for (const [what, options, message] of wrong)
    refuses(what, () => join([1], [1], options as never), message);
  refuses(
    'a source that can not be read',
    () => join([1], 5 as never, { on: same }),
    'join: the source must be a stream',
  );
});
