const SMALLEST = 16;
/** A queue that has grown beyond this gives its memory back once it is empty. */
const KEPT = 1024;

/**
 * A first-in, first-out queue in a ring buffer: `push` and `shift` take constant time and allocate nothing per item.
 */
export class Queue<T> {
  /** The ring buffer. Its length is a power of two. */
  #slots: (T | undefined)[] = slots(SMALLEST);
  #first = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The item that `shift` would return. */
  get first(): T | undefined {
    return this.#slots[this.#first];
  }

  push(item: T): void {
    if (this.#length === this.#slots.length) this.#grow();
    this.#slots[(this.#first + this.#length) & (this.#slots.length - 1)] = item;
    this.#length += 1;
  }

  /** Removes and returns the first item; undefined when the queue is empty. */
  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const all = this.#slots;
    const item = all[this.#first];
    all[this.#first] = undefined;
    this.#first = (this.#first + 1) & (all.length - 1);
    this.#length -= 1;
    if (this.#length === 0 && all.length > KEPT) this.clear();
    return item;
  }

  clear(): void {
    this.#slots = slots(SMALLEST);
    this.#first = 0;
    this.#length = 0;
  }

  #grow(): void {
    const all = this.#slots;
    const grown = slots<T>(all.length * 2);
    for (let at = 0; at < all.length; at += 1)
      grown[at] = all[(this.#first + at) & (all.length - 1)];
    this.#slots = grown;
    this.#first = 0;
  }
}

function slots<T>(count: number): (T | undefined)[] {
  return new Array<T | undefined>(count).fill(undefined);
}
