import { Readable } from 'node:stream';
import fc from 'fast-check';
import {
  compose,
  concat,
  from,
  interleave,
  map,
  merge,
  type Source,
  zip,
  zipLongest,
} from '../../lib/index.js';
import { type Parcel, parcel } from './ledger.js';
import type { World } from './world.js';

const forms = ['items', 'promises', 'generator', 'readable'] as const;

interface Leaf {
  readonly form: (typeof forms)[number];
  readonly count: number;
}

interface Joint {
  readonly join: 'merge' | 'concat' | 'interleave';
  readonly trees: readonly SourceTree[];
}

/** Rows, one from each; what is left over when the shortest ends goes nowhere. */
interface Rows {
  readonly join: 'zip' | 'zipLongest';
  readonly leaves: readonly Leaf[];
}

export type SourceTree = Leaf | Joint | Rows;

const leaf = fc.record<Leaf>({ form: fc.constantFrom(...forms), count: fc.nat(12) });

export const sourceTree: fc.Arbitrary<SourceTree> = fc.letrec<{ tree: SourceTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'sources' },
    leaf,
    fc.record({
      join: fc.constantFrom('merge' as const, 'concat' as const, 'interleave' as const),
      trees: fc.array(tie('tree'), { minLength: 1, maxLength: 3, depthIdentifier: 'sources' }),
    }),
    fc.record({
      join: fc.constantFrom('zip' as const, 'zipLongest' as const),
      leaves: fc.array(leaf, { minLength: 1, maxLength: 3 }),
    }),
  ),
})).tree;

const HIGH_WATER_MARK = 2;

/** How many items of a tree may be under way before they come out of it. */
export const sourceRoom = (tree: SourceTree): number => {
  if ('form' in tree) return tree.form === 'readable' ? HIGH_WATER_MARK + 2 : 2;
  const parts: readonly SourceTree[] = 'trees' in tree ? tree.trees : tree.leaves;
  return 2 + parts.map(sourceRoom).reduce((sum, room) => sum + room, parts.length);
};

/** How many items one of those that come out is made of, at most. */
export const sourceSize = (tree: SourceTree): number => {
  if ('form' in tree) return 1;
  return 'leaves' in tree ? tree.leaves.length : Math.max(...tree.trees.map(sourceSize));
};

type Give = (index: number) => Parcel;
type Call = <T>(act: () => T) => T | Promise<T>;

/** Builds the sources of a tree, and knows what zip may leave over. */
export class Sources {
  /** Of the units that are still under way at the end, so many may be left over. */
  leftOver = 0;
  readonly #world: World;
  readonly #stops: boolean;
  #count = 0;

  /** One that may be stopped may be stopped in the middle of a row, or while it makes an item. */
  constructor(world: World, stops: boolean) {
    this.#world = world;
    this.#stops = stops;
  }

  of(tree: SourceTree): Source<Parcel> {
    if ('form' in tree) return this.#leaf(tree);
    if ('trees' in tree) {
      const parts = tree.trees.map((part) => this.of(part));
      if (tree.join === 'merge') return merge(...parts);
      return (tree.join === 'concat' ? concat : interleave)(...parts);
    }
    const parts = tree.leaves.map((part) => this.#leaf(part, true));
    const union = map((row: readonly (Parcel | undefined)[]) =>
      parcel(...row.flatMap((each) => each?.units ?? [])),
    );
    const counts = tree.leaves.map(({ count }) => count);
    const shortest = Math.min(...counts);
    const over = counts.filter((count) => count > shortest);
    const left = tree.join === 'zip' ? over : [];
    // What a readable has in its buffer counts too.
    this.leftOver += left.length * (HIGH_WATER_MARK + 2);
    return compose((tree.join === 'zip' ? zip : zipLongest)(...parts), union);
  }

  #leaf({ form, count }: Leaf, unwanted = false): Source<Parcel> {
    const world = this.#world;
    const source = this.#count;
    this.#count += 1;
    if (this.#stops) this.leftOver += form === 'readable' ? HIGH_WATER_MARK + 2 : 2;
    const give = (index: number): Parcel => {
      const unit = { source, index, part: '' };
      world.ledger.given(unit);
      return parcel(unit);
    };
    const call: Call = (act) => world.call(act, { unwanted });
    if (form === 'readable') return from(this.#readable(count, give, unwanted));
    if (form === 'generator') return from(() => this.#generator(count, give, unwanted));
    return from(
      this.#items(count, give, form === 'promises' ? call : undefined) as Iterable<Parcel>,
    );
  }

  /** With a `call`, some of them are promises. */
  *#items(count: number, give: Give, call?: Call): Generator<Parcel | Promise<Parcel>> {
    const world = this.#world;
    world.open();
    try {
      for (let index = 0; index < count; index += 1) {
        world.event();
        yield call ? call(() => give(index)) : give(index);
      }
      world.event();
    } finally {
      world.closed += 1;
      world.event({ closing: true });
    }
  }

  async *#generator(count: number, give: Give, unwanted: boolean): AsyncGenerator<Parcel> {
    const world = this.#world;
    const call: Call = (act) => world.call(act, { unwanted });
    world.open();
    try {
      for (let index = 0; index < count; index += 1) yield await call(() => give(index));
      await call(() => {});
    } finally {
      await world.closeOrFail(unwanted);
    }
  }

  #readable(count: number, give: Give, unwanted: boolean): Readable {
    const world = this.#world;
    const call: Call = (act) => world.call(act, { unwanted });
    let index = 0;
    const next = async (): Promise<Parcel | null> =>
      call(() => {
        if (index === count) return null;
        index += 1;
        return give(index - 1);
      });
    const stream: Readable = new Readable({
      objectMode: true,
      highWaterMark: HIGH_WATER_MARK,
      construct: (done) => {
        world.open();
        done();
      },
      read: () => {
        next().then(
          (item) => stream.destroyed || stream.push(item),
          (error) => stream.destroy(error),
        );
      },
      destroy: (error, done) => {
        world.closeOrFail(unwanted).then(() => done(error), done);
      },
    });
    return stream;
  }
}
