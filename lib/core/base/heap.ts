/** Items of which the first, by `compare`, is always at hand. */
export class Heap<T> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  /** The first one; undefined when there is none. */
  get top(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    this.#items.push(item);
    this.#rise(this.#items.length - 1, item);
  }

  /** Takes the first one out; undefined when there is none. */
  pop(): T | undefined {
    const { top } = this;
    const last = this.#items.pop();
    if (this.#items.length > 0) this.replace(last as T);
    return top;
  }

  /** Puts `item` where the first one was, which may be the same one with another place in the order. */
  replace(item: T): void {
    const items = this.#items;
    // The hole sinks to the bottom and the item rises from there: half the comparisons of sinking the item itself.
    let hole = 0;
    if (this.#staysFirst(item)) {
      items[0] = item;
      return;
    }
    for (let child = 1; child < items.length; child = 2 * hole + 1) {
      if (child + 1 < items.length && this.#isBefore(items[child + 1] as T, items[child] as T))
        child += 1;
      items[hole] = items[child] as T;
      hole = child;
    }
    this.#rise(hole, item);
  }

  /** All of them, in no order. */
  values(): readonly T[] {
    return this.#items;
  }

  /** Runs of items that are nearly in order come one after the other from the same place. */
  #staysFirst(item: T): boolean {
    const [, left, right] = this.#items;
    if (left !== undefined && this.#isBefore(left, item)) return false;
    return right === undefined || !this.#isBefore(right, item);
  }

  #rise(from: number, item: T): void {
    const items = this.#items;
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.#isBefore(item, items[parent] as T)) break;
      items[hole] = items[parent] as T;
      hole = parent;
    }
    items[hole] = item;
  }

  #isBefore(a: T, b: T): boolean {
    return this.#compare(a, b) < 0;
  }
}
