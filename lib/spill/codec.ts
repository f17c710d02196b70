import { SpillError, type StageRef, stageError } from '../core/base/errors.js';
import type { Entry } from './entry.js';
import { lostInWriting } from './lost-in-writing.js';

type V8 = typeof import('node:v8');

/** How items are converted for a file, and back. */
export interface Packing<T, P = unknown> {
  /** Returns what to write instead of an item. */
  readonly pack?: ((item: T) => P) | undefined;
  /** Makes the item again from what `pack` returned. */
  readonly unpack?: ((packed: P) => T) | undefined;
}

/** Turns blocks of entries into bytes and back with `v8.serialize`, and throws when an item would come back changed. */
export class Codec<T> {
  readonly #v8: V8;
  readonly #Reader: ReturnType<typeof readerOf>;
  readonly #ref: StageRef;
  readonly #pack: (item: T) => unknown;
  readonly #unpack: (packed: unknown) => T;
  readonly #byKey: boolean;

  /** `byKey`: keys are not the items themselves, so they are written too. */
  constructor(v8: V8, ref: StageRef, { pack, unpack }: Packing<T>, byKey: boolean) {
    this.#v8 = v8;
    this.#Reader = readerOf(v8);
    this.#ref = ref;
    this.#pack = pack ?? ((item) => item);
    this.#unpack = unpack ?? ((packed) => packed as T);
    this.#byKey = byKey;
  }

  encode(block: readonly Entry<T>[]): Buffer {
    const seen = new Set<object>();
    const items = block.map((entry) => this.#packed(entry, seen));
    const keys = this.#byKey ? block.map(({ key }) => key) : undefined;
    try {
      return this.#v8.serialize({ keys, items });
    } catch (error) {
      throw this.#culprit(block, items, error);
    }
  }

  #packed(entry: Entry<T>, seen: Set<object>): unknown {
    try {
      const packed = this.#pack(entry.item);
      const lost =
        lostInWriting(packed, seen) ?? (this.#byKey ? lostInWriting(entry.key, seen) : undefined);
      if (lost) throw new SpillError(lost);
      return packed;
    } catch (error) {
      throw this.#named(entry, error);
    }
  }

  /** The error of the item that can't be serialized, after serializing the whole block has failed. */
  #culprit(block: readonly Entry<T>[], items: readonly unknown[], error: unknown): unknown {
    for (const [at, entry] of block.entries()) {
      try {
        this.#v8.serialize([items[at], this.#byKey ? entry.key : undefined]);
      } catch (own) {
        return this.#named(entry, new SpillError((own as Error).message, { cause: own }));
      }
    }
    return error;
  }

  #named({ index, item }: Entry<T>, error: unknown): unknown {
    return stageError(this.#ref, error, index, item);
  }

  decode(bytes: Buffer): Entry<T>[] {
    const reader = new this.#Reader(bytes);
    reader.readHeader();
    const { keys, items } = reader.readValue() as { keys?: unknown[]; items: unknown[] };
    const weight = Math.ceil(bytes.length / items.length);
    return items.map((packed, at): Entry<T> => {
      const item = this.#unpack(packed);
      return { key: keys ? keys[at] : item, item, weight, index: undefined };
    });
  }
}

type View = NodeJS.ArrayBufferView<ArrayBuffer>;

interface Reading extends InstanceType<V8['Deserializer']> {
  /** @internal Node's hook for values in its own encoding: typed arrays, `DataView`s and `Buffer`s. */
  _readHostObject(): View;
}

/** Reads as `v8.deserialize` does, but copies the bytes of each view. Otherwise all would share the block's memory. */
function readerOf({ DefaultDeserializer }: V8): new (bytes: Buffer) => Reading {
  const Shared = DefaultDeserializer as unknown as new (bytes: Buffer) => Reading;
  return class extends Shared {
    override _readHostObject(): View {
      const view = super._readHostObject();
      const { buffer, byteOffset, byteLength } = view;
      const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
      if (Buffer.isBuffer(view)) return Buffer.from(bytes);
      return new (view.constructor as new (own: ArrayBuffer) => View)(bytes);
    }
  };
}
