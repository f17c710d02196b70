import { decode, encode } from '@jridgewell/sourcemap-codec';
import { expect } from 'chai';
import { compact } from '../../scripts/package/compact.js';
import { sourceText } from '../../scripts/package/source-text.js';
import { thinMap } from '../../scripts/package/thin-map.js';

const LONG = `
export class Counter {
  #count = 0;
  #grow(amount) {
    this.#count += amount;
  }
  add(amount) {
    if (amount < 0) throw new RangeError(\`one line
and another: \${amount}\`);
    this.#grow(amount);
    return this.#count;
  }
}
export const twice = (counter, amount) => {
  counter.add(amount);
  const answer = counter.add(amount);
  return answer;
};
export function thrice(counter, amount) {
  twice(counter, amount);
  return counter.add(amount);
}
`;

interface Loaded {
  readonly Counter: new () => object;
  readonly twice: (counter: object, amount: number) => number;
  readonly thrice: (counter: object, amount: number) => number;
}

const load = async (code: string): Promise<Loaded> =>
  (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Loaded;

describe('compact', () => {
  const { code, map } = compact('counter.js', LONG);

  it('leaves the program what it is, and functions, classes and private methods their names', async () => {
    const { Counter, twice, thrice } = await load(code);
    expect(twice(new Counter(), 2)).to.equal(4);
    expect([Counter.name, twice.name, thrice.name]).to.deep.equal(['Counter', 'twice', 'thrice']);
    expect(() => thrice(new Counter(), -1)).to.throw(RangeError, 'one line\nand another: -1');
    expect(code).to.include('#grow').and.not.include('#count').and.not.include('answer');
    expect(code.length).to.be.below(LONG.length * 0.8);
  });

  it('begins a new line before a statement or a member once a line is long', () => {
    const lengths = code.split('\n').map(({ length }) => length);
    expect(lengths).to.have.length.above(2);
    expect(Math.max(...lengths)).to.be.below(200);
  });

  it('leaves all names what they are if told so', async () => {
    const kept = compact('counter.js', LONG, { keepsNames: true }).code;
    expect(kept).to.include('#count').and.include('const answer=');
    expect(kept.length).to.be.within(code.length + 1, LONG.length * 0.9);
    const { Counter, twice } = await load(kept);
    expect(twice(new Counter(), 2)).to.equal(4);
  });

  it('quotes what is imported when it is needed', () => {
    const { code: lazy } = compact('lazy.js', "export const load = () => import('./part.js');\n");
    expect(lazy).to.include('import("./part.js")');
  });

  it('maps each letter to where it was, on whichever line it has come to be', () => {
    const [row = 0, column = 0] = placeOf(code, 'this.#grow(');
    const line = decode(map.mappings)[row] ?? [];
    const segment = line.findLast(([at]) => at <= column);
    expect(segment?.slice(2, 4)).to.deep.equal(placeOf(LONG, 'this.#grow('));
  });
});

function placeOf(text: string, part: string): [row: number, column: number] {
  const before = text.slice(0, text.indexOf(part)).split('\n');
  return [before.length - 1, before.at(-1)?.length ?? 0];
}

const TYPED = `import { x } from './x.js';
/** What it is. */
interface Shape {
  readonly size: number;
}
export type { Shape };

export class Box<T extends Shape> implements Shape {
  // How large.
  readonly size: number = 0;
  grow(by: number): void;
  grow(by?: number, more?: T): void {
    x(by as number, <const>[1], more!.size satisfies number); // later
  }
}
`;

describe('sourceText', () => {
  const { text, column } = sourceText('box.ts', TYPED);

  it('leaves out types, imports and comments, and keeps each line where it was', () => {
    expect(text.split('\n')).to.deep.equal([
      ...['', '', '', '', '', '', ''],
      'export class Box implements  {',
      '',
      '  readonly size = 0;',
      '',
      '  grow(by?, more?) {',
      '    x(by, <const>[1], more!.size);',
      '  }',
      '}',
    ]);
  });

  it('tells where on its line a letter has come to be', () => {
    const line = TYPED.split('\n')[12] ?? '';
    expect(column(12, line.indexOf('more'))).to.equal(text.split('\n')[12]?.indexOf('more'));
  });
});

describe('thinMap', () => {
  it('says where each line begins that a frame or a statement may be on, and holds the sources', () => {
    const source = 'const one: number = 1;\nconst both = f(\n  one,\n  g(one, 2));\n';
    const code = 'const a=1;const b=f(a,g(a,2));';
    // From where in the code to where in the source: `one`, its value, `both`, `f`, `one`, `g` and its first argument.
    const places: [number, number, number][] = [
      [6, 0, 6],
      [8, 0, 20],
      [10, 1, 0],
      [18, 1, 13],
      [20, 2, 2],
      [22, 3, 2],
      [24, 3, 4],
    ];
    const mappings = encode([places.map(([from, row, column]) => [from, 0, row, column])]);
    const map = thinMap(code, { version: 3, sources: ['a.ts'], mappings }, [
      sourceText('a.ts', source),
    ]);
    expect(map.sourcesContent).to.deep.equal([
      'const one = 1;\nconst both = f(\n  one,\n  g(one, 2));',
    ]);
    expect(decode(map.mappings)).to.deep.equal([
      [
        [6, 0, 0, 6],
        [10, 0, 1, 0],
        [22, 0, 3, 2],
      ],
    ]);
  });
});
