import { loadPackage } from '../text/load-package.js';
import { fits, type JsonPath } from './path.js';

type Part = 'parser' | 'filters/pick' | 'streamers/stream-values';
type Value = { readonly value: unknown };
type Token = { readonly name: string };
type Stack = readonly (string | number | null)[];
/** Takes text, or `none` at the end of the input, and returns the values that it completes. */
type Read = (text: string | symbol) => unknown[];

/**
 * Reads the values at a path in JSON documents with stream-json. An array at the path gives its elements, any other
 * value is one item.
 */
export class JsonItems {
  readonly #path: JsonPath;
  readonly #none: symbol;
  readonly #read: Read;
  #found = false;
  #depth = 0;

  constructor(path: JsonPath) {
    this.#path = path;
    const { fun, getManyValues, none } = loadPackage('stream-chain/core') as {
      fun: (...stages: unknown[]) => (text: string | symbol) => object;
      getManyValues: (many: object) => readonly Value[];
      none: symbol;
    };
    const load = (name: Part): Record<string, (options: object) => unknown> =>
      loadPackage(`stream-json/${name}.js`) as Record<string, (options: object) => unknown>;
    this.#none = none;
    const read = fun(
      load('parser')['jsonParser']?.({
        jsonStreaming: true,
        streamValues: false,
        streamStrings: true,
      }),
      load('filters/pick')['pick']?.({
        filter: (stack: Stack, token: Token) => this.#picks(stack, token),
        maxDepth: Number.POSITIVE_INFINITY,
      }),
      (token: Token) => this.#follow(token),
      load('streamers/stream-values')['streamValues']?.({}),
    );
    this.#read = (text) => getManyValues(read(text)).map(({ value }) => value);
  }

  /** Whether the path was found. */
  get found(): boolean {
    return this.#found;
  }

  /** Whether an item is unfinished. */
  get open(): boolean {
    return this.#depth > 0;
  }

  /** The items that end in this text. A number ends only with the character after it. */
  read(text: string): unknown[] {
    return this.#read(text);
  }

  /**
   * The items that only the end completes. `isWhole`: the input has ended; otherwise the next character is malformed.
   */
  end(isWhole: boolean): unknown[] {
    if (isWhole) return this.#read(this.#none);
    try {
      // A comma completes a pending number.
      return this.read(',');
    } catch {
      return [];
    }
  }

  #picks(stack: Stack, { name }: Token): boolean {
    const { length } = this.#path;
    const isElement = stack.length === length + 1 && typeof stack[length] === 'number';
    if (!isElement && stack.length !== length) return false;
    if (!this.#path.every((wanted, at) => fits(wanted, String(stack[at])))) return false;
    this.#found = true;
    return isElement || name !== 'startArray';
  }

  #follow(token: Token): Token {
    if (token.name.startsWith('start')) this.#depth += 1;
    else if (token.name.startsWith('end')) this.#depth -= 1;
    return token;
  }
}
