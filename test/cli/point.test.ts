import { expect } from 'chai';
import { point } from '../../lib/cli/point.js';

/** The character above the caret. */
function pointedAt(shown: string): string | undefined {
  const lines = shown.split('\n');
  return lines.at(-2)?.[lines.at(-1)?.indexOf('^') as number];
}

describe('point', () => {
  it('shows a text with a caret under a place in it, and nothing of the lines behind', () => {
    expect(point('a => b.c', 7)).to.equal('  a => b.c\n         ^');
    expect(point('a =>\n  b.c\n  + d', 9)).to.equal('  a =>\n    b.c\n      ^');
    expect(point('a =>\n\nb', 5)).to.equal('  a =>\n  \n  ^');
    expect(point('a +', 3)).to.equal('  a +\n     ^');
    expect(point('\ta', 1)).to.equal('  \ta\n  \t^');
    expect(point('a\nb', undefined)).to.equal('  a\n  b');
  });

  it('a letter that takes two columns has two blanks under it', () => {
    expect(point('r => r["東京"].a', 14)).to.equal('  r => r["東京"].a\n                  ^');
  });

  it('of what is wider than the terminal it shows what stands around the place', () => {
    const text = [...'abcdefghijklmnopqrstuvwxyz'].join('');
    for (const [at, letter] of [...text].entries()) {
      const shown = point(text, at, 20);
      expect(pointedAt(shown)).to.equal(letter);
      for (const line of shown.split('\n')) expect(line).to.have.length.at.most(20);
    }
    expect(point(text, 13, 20)).to.equal('  …fghijklmnopqrst…\n           ^');
    expect(point(text, 0, 20)).to.equal('  abcdefghijklmnop…\n  ^');
    expect(point(text, 26, 20)).to.equal(`  …klmnopqrstuvwxyz\n${' '.repeat(19)}^`);
    expect(point(`${text}\n${text}`, 27, 20).split('\n')[0]).to.equal('  abcdefghijklmnop…');
  });
});
