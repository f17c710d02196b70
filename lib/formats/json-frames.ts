import { fits, type JsonPath } from './json-path.js';

/** What a value is to become: an item, something to look into for items, or nothing. */
export type Role = 'item' | 'enter' | 'skip';

interface Frame {
  readonly kind: 'array' | 'object';
  /** Its values are items. */
  readonly gives: boolean;
  /** The place or the name of the value at hand. */
  name: string | number;
}

/** The arrays and objects around the value at hand, all of them on the path. */
export class JsonFrames {
  readonly #path: JsonPath;
  readonly #frames: Frame[] = [];
  #found = false;

  constructor(path: JsonPath) {
    this.#path = path;
  }

  /** Whether anything was at the path. */
  get found(): boolean {
    return this.#found;
  }

  get innermost(): Frame['kind'] | undefined {
    return this.#frames.at(-1)?.kind;
  }

  name(name: string): void {
    const frame = this.#frames.at(-1);
    if (frame) frame.name = name;
  }

  /** The next element of an array. */
  next(): void {
    const frame = this.#frames.at(-1);
    if (typeof frame?.name === 'number') frame.name += 1;
  }

  /** What is to be done with the value at hand, which begins with `opener`. */
  role(opener: string): Role {
    const depth = this.#frames.length;
    const frame = this.#frames.at(-1);
    if (frame?.gives) return 'item';
    if (frame && !fits(this.#path[depth - 1], frame.name)) return 'skip';
    if (depth < this.#path.length) return '[{'.includes(opener) ? 'enter' : 'skip';
    this.#found = true;
    return opener === '[' ? 'enter' : 'item';
  }

  enter(opener: string): void {
    const kind = opener === '[' ? 'array' : 'object';
    const gives = this.#frames.length === this.#path.length;
    this.#frames.push({ kind, gives, name: kind === 'array' ? 0 : '' });
  }

  leave(): void {
    this.#frames.pop();
  }
}
