import { expect } from 'chai';
import { ArgumentError } from '../../lib/core/errors.js';
import { dedupe } from '../../lib/operators/dedupe.js';
import { count } from '../../lib/sinks/count.js';
import { from } from '../../lib/sources/from.js';

describe('options', () => {
  const wrong = { 'a function': () => true, 'a name': 'mine', 'a number': 1 };

  for (const [what, value] of Object.entries(wrong)) {
    it(`that are ${what} are refused at the call, where ignoring them would be silent`, () => {
      const options = value as never;
      expect(() => dedupe(options)).to.throw(ArgumentError, 'dedupe: options must be an object');
      expect(() => count(options)).to.throw(ArgumentError, 'count: options must be an object');
      expect(() => from([1], options)).to.throw(ArgumentError, 'from: options must be an object');
    });
  }
});
