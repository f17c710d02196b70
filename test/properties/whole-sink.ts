import { Writable } from 'node:stream';
import fc from 'fast-check';
import {
  balance,
  branch,
  broadcast,
  forEach,
  groupBy,
  hub,
  partition,
  type Sink,
  type SinkLike,
} from '../../lib/index.js';
import { type Parcel, weightOf } from './ledger.js';
import type { World } from './world.js';

const ends = ['forEach', 'writable', 'function'] as const;

export const sinkSpec = fc.record({
  spreads: fc.constantFrom(
    'alone',
    'broadcast',
    'partition',
    'balance',
    'groupBy',
    'hub',
    'branch',
  ),
  ends: fc.array(fc.constantFrom(...ends), { minLength: 1, maxLength: 3 }),
  buffer: fc.integer({ min: 1, max: 3 }),
});

export type SinkSpec = typeof sinkSpec extends fc.Arbitrary<infer T> ? T : never;

const HIGH_WATER_MARK = 2;

/** How many ends get each item. */
export const copiesOf = ({ spreads, ends }: SinkSpec): number =>
  spreads === 'broadcast' || spreads === 'hub' ? ends.length : 1;

/** How many items may be under way behind the chain. */
export const sinkRoom = ({ ends, buffer }: SinkSpec): number =>
  3 + ends.length * (buffer + HIGH_WATER_MARK + 4);

/** Builds what a run ends in. */
export class Ends {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  of({ spreads, ends, buffer }: SinkSpec): SinkLike<Parcel, unknown> {
    const all = ends.map((end, at) => this.#end(end, `end ${at}`));
    const [first] = all as [SinkLike<Parcel, unknown>];
    const many = (junction: unknown) =>
      (junction as (...parts: unknown[]) => Sink<Parcel, unknown>)(...all, { buffer });
    const at = (item: Parcel) => weightOf(item) % all.length;
    const made = {
      alone: () => first,
      branch: () => branch(first, { buffer }),
      broadcast: () => many(broadcast),
      balance: () => many(balance),
      partition: () => partition(at, new Map(all.map((end, place) => [place, end])), { buffer }),
      groupBy: () => groupBy(at, (place) => all[place] as Sink<Parcel, unknown>, { buffer }),
      hub: () => {
        const joined = hub<Parcel>();
        for (const end of all) joined.join(end as Sink<Parcel, unknown>, { buffer });
        return joined;
      },
    };
    return made[spreads as keyof typeof made]() as SinkLike<Parcel, unknown>;
  }

  #end(end: (typeof ends)[number], name: string): SinkLike<Parcel, unknown> {
    const world = this.#world;
    const take = (item: Parcel) =>
      world.call(() => world.ledger.taken(name, item), end === 'forEach' ? { item } : {});
    if (end === 'forEach') return forEach(take);
    if (end === 'function')
      return async (items) => {
        for await (const item of items) await take(item);
      };
    const later = async <T>(act: () => T): Promise<T> => act();
    return new Writable({
      objectMode: true,
      highWaterMark: HIGH_WATER_MARK,
      write: (item: Parcel, _, done) => {
        later(() => take(item)).then(() => done(), done);
      },
      final: (done) => {
        later(() => world.call(() => {})).then(() => done(), done);
      },
    });
  }
}
