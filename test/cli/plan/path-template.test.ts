import { expect } from 'chai';
import { CommandError } from '../../../lib/cli/errors/command-error.js';
import { pathTemplate } from '../../../lib/cli/plan/path-template.js';

describe('pathTemplate', () => {
  for (const [path, texts, keys] of [
    ['out.ndjson', ['out.ndjson'], []],
    ['-', ['-'], []],
    ['out/{status}.ndjson', ['out/', '.ndjson'], ['status']],
    ['{user.id}', ['', ''], ['user.id']],
    ['{a}{ b }/x', ['', '', '/x'], ['a', 'b']],
    ['{r => r.a ?? "none"}.csv', ['', '.csv'], ['r => r.a ?? "none"']],
    ['{{a}}', ['{a}'], []],
    ['{{{a}}}', ['{', '}'], ['a']],
    ['a}}b{{', ['a}b{'], []],
  ] as const) {
    it(`reads ${path}`, () => {
      expect(pathTemplate(path)).to.deep.equal({ texts, keys });
    });
  }

  for (const [path, why] of [
    ['a{', 'a { stands alone'],
    ['a}', 'a } stands alone'],
    ['{a', 'a { stands alone'],
    ['{}', '{} names no field'],
    ['{r => ({}).a}', 'a { stands alone'],
  ] as const) {
    it(`refuses ${path}`, () => {
      expect(() => pathTemplate(path)).to.throw(CommandError, `${path}: ${why}; `);
    });
  }
});
