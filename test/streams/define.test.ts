import { expect } from 'chai';
import { ArgumentError } from '../../lib/core/base/errors.js';
import { broadcast } from '../../lib/junctions/broadcast.js';
import { tee } from '../../lib/junctions/tee.js';
import { zip } from '../../lib/junctions/zip.js';
import { dedupe } from '../../lib/operators/dedupe.js';
import { drop } from '../../lib/operators/drop.js';
import { push } from '../../lib/push/push.js';
import { count } from '../../lib/sinks/count.js';
import { from } from '../../lib/sources/from.js';
import { range } from '../../lib/sources/range.js';
import { pull } from '../../lib/streams/pull.js';

describe('options', () => {
  const wrong = { 'a function': () => true, 'a name': 'mine', 'a number': 1 };

  it('that a stage, source or sink without a callback would not obey are refused at the call', () => {
    for (const policy of [{ onError: 'skip' }, { retry: { attempts: 2 } }]) {
      const [name] = Object.keys(policy);
      const options = policy as never;
      expect(() => drop(1, options)).to.throw(ArgumentError, `drop: unknown option ${name}`);
      expect(() => count(options)).to.throw(ArgumentError, `count: unknown option ${name}`);
      expect(() => range(0, 1, options)).to.throw(ArgumentError, `range: unknown option ${name}`);
    }
  });

  for (const [what, value] of Object.entries(wrong)) {
    it(`that are ${what} are refused at the call, where ignoring them would be silent`, () => {
      const options = value as never;
      expect(() => dedupe(options)).to.throw(ArgumentError, 'dedupe: options must be an object');
      expect(() => count(options)).to.throw(ArgumentError, 'count: options must be an object');
      expect(() => from([1], options)).to.throw(ArgumentError, 'from: options must be an object');
    });
  }

  const named: Record<string, (options: { name: string }) => unknown> = {
    dedupe,
    count,
    from: (options) => from([1], options),
    zip: (options) => zip([1], [2], options),
    tee: (options) => tee([1], options),
    broadcast: (options) => broadcast(count(), options),
  };
  for (const [who, call] of Object.entries(named)) {
    it(`of ${who} refuse a name that is no string, at the call`, () => {
      const message = `${who}: name must be a string, got 3`;
      expect(() => call({ name: 3 as never })).to.throw(ArgumentError, message);
    });
  }

  it('of pull and push that are not known are refused at the call', () => {
    const options = { tarce: () => {} } as object;
    const message = 'unknown option tarce; known are signal, stop, trace';
    expect(() => pull([1], options)).to.throw(ArgumentError, `pull: ${message}`);
    expect(() => push(count(), options)).to.throw(ArgumentError, `push: ${message}`);
  });
});
