import { expect } from 'chai';
import { caretBelow } from '../../../lib/cli/errors/caret.js';

/** The character above the caret. */
function pointedAt(shown: string): string | undefined {
  const lines = shown.split('\n');
  return lines.at(-2)?.[lines.at(-1)?.indexOf('^') as number];
}

describe('point', () => {
  it('shows a text with a caret under a place in it, and nothing of the lines behind', () => {
    expect(caretBelow('a => b.c', 7)).to.equal('  a => b.c\n         ^');
    expect(caretBelow('a =>\n  b.c\n  + d', 9)).to.equal('  a =>\n    b.c\n      ^');
    expect(caretBelow('a =>\n\nb', 5)).to.equal('  a =>\n  \n  ^');
    expect(caretBelow('a +', 3)).to.equal('  a +\n     ^');
    expect(caretBelow('\ta', 1)).to.equal('  \ta\n  \t^');
    expect(caretBelow('a\nb', undefined)).to.equal('  a\n  b');
  });

  it('a letter that takes two columns has two blanks under it', () => {
    expect(caretBelow('r => r["東京"].a', 14)).to.equal('  r => r["東京"].a\n                  ^');
  });

  it('of what is wider than the terminal it shows what stands around the place', () => {
    const text = [...'abcdefghijklmnopqrstuvwxyz'].join('');
    for (const [at, letter] of [...text].entries()) {
      const shown = caretBelow(text, at, 20);
      expect(pointedAt(shown)).to.equal(letter);
      for (const line of shown.split('\n')) expect(line).to.have.length.at.most(20);
    }
    expect(caretBelow(text, 13, 20)).to.equal('  …fghijklmnopqrst…\n           ^');
    expect(caretBelow(text, 0, 20)).to.equal('  abcdefghijklmnop…\n  ^');
    expect(caretBelow(text, 26, 20)).to.equal(`  …klmnopqrstuvwxyz\n${' '.repeat(19)}^`);
    expect(caretBelow(`${text}\n${text}`, 27, 20).split('\n')[0]).to.equal('  abcdefghijklmnop…');
  });
});
