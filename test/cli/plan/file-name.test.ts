import { basename, join, normalize } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { fileName } from '../../../lib/cli/plan/file-name.js';

describe('fileName', () => {
  for (const [value, name] of [
    ['200', '200'],
    [200, '200'],
    [-0.5, '-0.5'],
    [10n, '10'],
    [false, 'false'],
    ['Sao Paulo, 東京', 'Sao Paulo, 東京'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    ['a/b', 'a%2Fb'],
    ['..', '%2E.'],
    ['.env', '%2Eenv'],
    ['a.b', 'a.b'],
    ['../../etc/passwd', '%2E.%2F..%2Fetc%2Fpasswd'],
    ['a\\b', 'a%5Cb'],
    ['a\0b\n\u001b[1m\u009b', 'a%00b%0A%1B[1m%C2%9B'],
    ['50%', '50%25'],
  ] as const) {
    it(`${JSON.stringify(String(value))} is called ${name}`, () => {
      expect(fileName(value)).to.equal(name);
    });
  }

  for (const value of [
    undefined,
    null,
    '',
    {},
    [],
    ['a'],
    () => 1,
    Symbol('a'),
    new Date(Number.NaN),
    'a\ud800',
  ]) {
    it(`${typeof value} ${JSON.stringify(value)} has no name`, () => {
      expect(fileName(value)).to.equal(undefined);
    });
  }

  it('any text comes back, and stays one name within its folder', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc
        .array(fc.constantFrom('.', '/', '\\', '%', '\0', 'a', '2', 'E'), { minLength: 1 })
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (value) => {
        const name = fileName(value) as string;
        expect(decodeURIComponent(name)).to.equal(value);
        expect(name).to.match(/^[^./\\\0][^/\\\0]*$/u);
        expect(basename(normalize(join('folder', name)))).to.equal(name);
      }),
    );
  });
});
