import { expect } from 'chai';
import { suggest } from '../../../lib/cli/errors/suggest.js';

describe('suggest', () => {
  for (const [word, known, nearest] of [
    ['mpa', ['zip', 'map', 'tap'], 'map'],
    ['Maht', ['last', 'Math'], 'Math'],
    ['jsno', ['some', 'JSON'], 'JSON'],
    ['distinctUntil', ['dedupe', 'distinctUntilX'], 'distinctUntilX'],
    ['wxyz', ['map', 'zip'], undefined],
    ['map', [], undefined],
  ] as const) {
    it(`suggest answers ${nearest} for ${word} among ${known.join(', ') || 'nothing'}`, async () => {
      expect(await suggest({ word, known })).to.equal(nearest);
    });
  }
});
