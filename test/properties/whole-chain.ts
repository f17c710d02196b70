import { Transform } from 'node:stream';
import fc from 'fast-check';
import {
  batch,
  buffer,
  compose,
  type DeadLetter,
  filter,
  flatMap,
  map,
  type OnError,
  type StageLike,
  tap,
} from '../../lib/index.js';
import { type Parcel, parcel, weightOf } from './ledger.js';
import type { Failing, World } from './world.js';

const policies = ['fail', 'skip', 'deadLetter', 'retry'] as const;
type Policy = (typeof policies)[number];

const withCallback = {
  policy: fc.constantFrom(...policies),
  /** How many side by side, of map and split. */
  concurrency: fc.constantFrom(1, 1, 2, 4),
  order: fc.constantFrom('input' as const, 'input' as const, 'key' as const, 'completion' as const),
};

const size = fc.integer({ min: 1, max: 4 });

/** A stage, and what it does to parcels. */
export const link = fc.oneof(
  fc.record({ does: fc.constant('pass' as const), ...withCallback }),
  fc.record({ does: fc.constant('look' as const), policy: withCallback.policy }),
  fc.record({ does: fc.constant('sift' as const), policy: withCallback.policy, by: size }),
  fc.record({ does: fc.constant('split' as const), ...withCallback, into: fc.nat(3) }),
  fc.record({ does: fc.constant('batch' as const), size }),
  fc.record({ does: fc.constant('buffer' as const), size }),
  fc.record({ does: fc.constant('generator' as const) }),
  fc.record({ does: fc.constant('transform' as const) }),
);

export type Link = typeof link extends fc.Arbitrary<infer T> ? T : never;

const KEYS = 3;
const keyOf = (item: Parcel): number => (item.units[0]?.index ?? 0) % KEYS;
const HIGH_WATER_MARK = 2;

/** How many items a link has under way at once, and of how many one of its output is made. */
export function linkRoom(link: Link): { room: number; size: number } {
  if (link.does === 'batch') return { room: link.size + 2, size: link.size };
  if (link.does === 'buffer') return { room: link.size + 2, size: 1 };
  if (link.does === 'transform') return { room: 2 * HIGH_WATER_MARK + 5, size: 1 };
  const { concurrency = 1 } = link as { concurrency?: number };
  // A dead letter holds some too.
  return { room: 2 * concurrency + 3 + ('policy' in link ? 2 * concurrency + 4 : 0), size: 1 };
}

/** Whether it keeps everything in order, only what has one key, or not even that. */
export function orderOf(links: readonly Link[]): 'input' | 'key' | 'completion' {
  const orders = links.flatMap((link) =>
    'order' in link && link.concurrency > 1 ? [link.order] : [],
  );
  if (orders.includes('completion')) return 'completion';
  return orders.includes('key') ? 'key' : 'input';
}

export const laneOf = ({ index }: { index: number }): number => index % KEYS;

/** Builds the stages of a chain; those that drop what fails write it to `letters`, if they drop it there. */
export class Chain {
  readonly #world: World;
  readonly #letters: DeadLetter<Parcel>;

  constructor(world: World, letters: DeadLetter<Parcel>) {
    this.#world = world;
    this.#letters = letters;
  }

  of(link: Link): StageLike<never, Parcel> {
    if (link.does === 'batch') return this.#batch(link.size) as StageLike<never, Parcel>;
    if (link.does === 'buffer') return buffer<Parcel>({ size: link.size });
    if (link.does === 'generator') return this.#generator();
    if (link.does === 'transform') return this.#transform();
    return this.#calling(link) as StageLike<never, Parcel>;
  }

  /** A parcel of several is still one: they are together from then on. */
  #batch(size: number): unknown {
    const joined = map((all: Parcel[]) => parcel(...all.flatMap(({ units }) => units)));
    return compose(batch<Parcel>(size), joined);
  }

  #calling(link: Extract<Link, { policy: Policy }>): unknown {
    const { ledger } = this.#world;
    const options = this.#options<unknown>(link.policy);
    const call = this.#callback(link.policy);
    if (link.does === 'look') return tap((item: Parcel) => call(item, () => {}), options);
    if (link.does === 'sift')
      return filter((item: Parcel) => {
        const keep = weightOf(item) % (link.by + 1) !== 0;
        return call(item, () => {
          if (!keep) ledger.dropped(item);
          return keep;
        });
      }, options);
    const { concurrency, order } = link;
    const side = { concurrency, order: order === 'key' ? keyOf : order };
    if (link.does === 'pass')
      return map((item: Parcel) => call(item, () => item), {
        ...this.#options<Parcel>(link.policy),
        ...side,
      });
    return flatMap(
      (item: Parcel) =>
        call(item, () => {
          const parts = item.units.map((unit) => ledger.split(unit, link.into));
          return Array.from({ length: link.into }, (_, at) =>
            parcel(...parts.map((all) => all[at]!)),
          );
        }),
      { ...this.#options<Iterable<Parcel>>(link.policy), ...side },
    );
  }

  #options<R>(policy: Policy) {
    if (policy === 'retry') return { retry: { attempts: 3 } };
    const answers = { fail: 'fail', skip: 'skip', deadLetter: this.#letters } as const;
    return { onError: answers[policy] as OnError<Parcel, R> };
  }

  /** Some parcels fail at first, where that does no harm. */
  #callback(policy: Policy) {
    const world = this.#world;
    const failed = new WeakSet<Parcel>();
    const drop = (item: Parcel) => world.ledger.dropped(item);
    const absorbs = { fail: undefined, skip: drop, deadLetter: () => {}, retry: () => {} };
    return <T>(item: Parcel, act: () => T): T | Promise<T> => {
      const failing: Failing = { item, absorbed: absorbs[policy] };
      return world.call(() => {
        if (policy !== 'fail' && weightOf(item) % 5 === 0 && !failed.has(item)) {
          failed.add(item);
          absorbs[policy](item);
          throw new Error('bad at first');
        }
        return act();
      }, failing);
    };
  }

  #generator(): StageLike<never, Parcel> {
    const world = this.#world;
    return async function* (items: AsyncIterable<Parcel>) {
      world.open();
      try {
        for await (const item of items) yield await world.call(() => item);
      } finally {
        await world.closeOrFail();
      }
    };
  }

  #transform(): StageLike<never, Parcel> {
    const world = this.#world;
    const later = async <T>(act: () => T): Promise<T> => world.call(act);
    return new Transform({
      objectMode: true,
      highWaterMark: HIGH_WATER_MARK,
      transform: (item, _, done) => {
        later(() => item).then((made) => done(null, made), done);
      },
      flush: (done) => {
        later(() => {}).then(() => done(), done);
      },
    });
  }
}
