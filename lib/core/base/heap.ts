/** A binary heap: `top` is always the first item by `compare`. */
export class Heap<T> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  /** The first item; undefined when the heap is empty. */
  get top(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    this.#items.push(item);
    this.#rise(this.#items.length - 1, item);
  }

  /** Removes and returns the first item; undefined when the heap is empty. */
  pop(): T | undefined {
    const { top } = this;
    const last = this.#items.pop();
    if (this.#items.length > 0) this.replace(last as T);
    return top;
  }

  /** Replaces the first item by `item`. It may be the same object, when its place in the order has changed. */
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

  /** All items, in no particular order. */
  values(): readonly T[] {
    return this.#items;
  }

  /** Checked first, because in nearly sorted input the replaced item is often the first again. */
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
