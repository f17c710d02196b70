import { quoteChar } from '../text/excerpt.js';

/** Why a text is not valid JSON. */
export interface JsonError {
  /** The index of the first character that cannot continue the JSON; the length of the text if it ends too soon. */
  readonly at: number;
  readonly problem: string;
}

/** What is wrong with a text that `JSON.parse` refuses; undefined for valid JSON. */
export function jsonError(text: string): JsonError | undefined {
  try {
    new Scanner(text).scan();
    return undefined;
  } catch (error) {
    if (error instanceof Mismatch) return { at: error.at, problem: error.message };
    throw error;
  }
}

class Mismatch extends Error {
  readonly at: number;

  constructor(at: number, problem: string) {
    super(problem);
    this.at = at;
  }
}

/** Reads one element of the grammar and returns what to read next. */
type Reader = () => Reader | undefined;

const WORDS = ['true', 'false', 'null'];
const ESCAPED = '"\\/bfnrtu';

/** Reads strict JSON without building values. It does not recurse, so any depth of nesting works. */
class Scanner {
  readonly #text: string;
  readonly #closers: (']' | '}')[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): void {
    let read: Reader | undefined = () => this.#value('a value');
    while (read) read = read();
  }

  #value(expected: string): Reader {
    this.#skip(/[ \t\r\n]*/y);
    if (this.#takes('[')) return this.#open(']');
    if (this.#takes('{')) return this.#open('}');
    const char = this.#text[this.#at];
    const word = WORDS.find((candidate) => candidate[0] === char);
    if (char === '"') this.#string();
    else if (word) this.#word(word);
    else this.#number(expected);
    return () => this.#afterValue();
  }

  #open(closer: ']' | '}'): Reader {
    this.#skip(/[ \t\r\n]*/y);
    if (this.#takes(closer)) return () => this.#afterValue();
    this.#closers.push(closer);
    return closer === ']' ? () => this.#value('a value or `]`') : () => this.#key(' or `}`');
  }

  /** Reads what may follow a value. */
  #afterValue(): Reader | undefined {
    this.#skip(/[ \t\r\n]*/y);
    const closer = this.#closers.at(-1);
    if (!closer) return this.#at < this.#text.length ? this.#fail('nothing more') : undefined;
    if (this.#takes(closer)) {
      this.#closers.pop();
      return () => this.#afterValue();
    }
    if (!this.#takes(',')) this.#fail(`\`,\` or \`${closer}\``);
    return closer === ']' ? () => this.#value('a value') : () => this.#key('');
  }

  #key(or: string): Reader {
    this.#skip(/[ \t\r\n]*/y);
    if (this.#text[this.#at] !== '"') this.#fail(`a name in double quotes${or}`);
    this.#string();
    this.#skip(/[ \t\r\n]*/y);
    if (!this.#takes(':')) this.#fail('`:`');
    return () => this.#value('a value');
  }

  #word(word: string): void {
    for (const char of word) if (!this.#takes(char)) this.#fail(`\`${word}\``);
  }

  #number(expected: string): void {
    const signed = this.#takes('-');
    if (!this.#takes('0')) this.#digits(signed ? 'a digit' : expected);
    if (this.#takes('.')) this.#digits('a digit');
    if (this.#takes('e') || this.#takes('E')) {
      if (!this.#takes('+')) this.#takes('-');
      this.#digits('a digit');
    }
  }

  #digits(expected: string): void {
    if (this.#skip(/[0-9]*/y) === 0) this.#fail(expected);
  }

  #string(): void {
    this.#at += 1;
    for (;;) {
      this.#skip(/[^"\\\p{Cc}]*/uy);
      if (this.#takes('"')) return;
      if (this.#takes('\\')) this.#escape();
      else this.#controlCharacter();
    }
  }

  /** A control character inside a string: JSON forbids the first 32 of them. */
  #controlCharacter(): void {
    if ((this.#text[this.#at] ?? '') < ' ') this.#fail('the rest of a string');
    this.#at += 1;
  }

  #escape(): void {
    const char = this.#text[this.#at] ?? '';
    if (char === '' || !ESCAPED.includes(char)) this.#fail('an escape such as `\\n`');
    this.#at += 1;
    if (char !== 'u') return;
    for (let left = 4; left > 0; left -= 1) {
      if (!/[0-9a-f]/i.test(this.#text[this.#at] ?? '')) this.#fail('a hexadecimal digit');
      this.#at += 1;
    }
  }

  #takes(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  /** Returns how many characters it skipped. */
  #skip(run: RegExp): number {
    run.lastIndex = this.#at;
    run.test(this.#text);
    const skipped = run.lastIndex - this.#at;
    this.#at = run.lastIndex;
    return skipped;
  }

  #fail(expected: string): never {
    const found = this.#at < this.#text.length ? quoteChar(this.#text, this.#at) : 'the end';
    throw new Mismatch(this.#at, `expected ${expected}, found ${found}`);
  }
}
