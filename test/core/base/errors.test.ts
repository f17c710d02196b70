import { inspect } from 'node:util';
import { expect } from 'chai';
import * as errors from '../../../lib/core/base/errors.js';

const { SluiceError, StageError, stageError } = errors;

interface Row {
  readonly make: () => InstanceType<typeof SluiceError>;
  readonly code: string;
  readonly message: RegExp;
}

const stage = { name: 'map(parse)', position: 2 };
const cause = new TypeError('not a number');

/** Every error class, with what its message tells its reader to do. */
const table: Record<string, Row> = {
  SluiceError: {
    make: () => new SluiceError('ERR_SLUICE_MINE', 'mine'),
    code: 'ERR_SLUICE_MINE',
    message: /^mine$/,
  },
  ArgumentError: {
    make: () => new errors.ArgumentError('take: count must be an integer from 0, got -1'),
    code: 'ERR_SLUICE_ARGUMENT',
    message: /^take: count must be/,
  },
  UsedError: {
    make: () => new errors.UsedError('range'),
    code: 'ERR_SLUICE_USED',
    message: /^range is already part of a pipeline; make a new one/,
  },
  NullItemError: {
    make: () => new errors.NullItemError(),
    code: 'ERR_SLUICE_NULL_ITEM',
    message: /null cannot be an item.*; use undefined, or drop it with filter/,
  },
  AsyncError: {
    make: () => new errors.AsyncError(),
    code: 'ERR_SLUICE_ASYNC',
    message: /synchronous.*; use pipeline\(\)/,
  },
  StallError: {
    make: () => new errors.StallError('raise the buffer option'),
    code: 'ERR_SLUICE_STALL',
    message: /^raise the buffer option$/,
  },
  TimeoutError: {
    make: () => new errors.TimeoutError('no item came', 50),
    code: 'ERR_SLUICE_TIMEOUT',
    message: /^no item came within 50 ms$/,
  },
  BacklogError: {
    make: () => new errors.BacklogError(8),
    code: 'ERR_SLUICE_BACKLOG',
    message: /more than 8 sends are waiting; await send\(\), or raise the backlog option/,
  },
  BoundError: {
    make: () => new errors.BoundError('raise the groups option'),
    code: 'ERR_SLUICE_BOUND',
    message: /^raise the groups option$/,
  },
  OrderError: {
    make: () => new errors.OrderError('sort it'),
    code: 'ERR_SLUICE_ORDER',
    message: /^sort it$/,
  },
  SpillError: {
    make: () => new errors.SpillError('the class of Money would be lost'),
    code: 'ERR_SLUICE_SPILL',
    message: /temporary file: the class of Money would be lost; give pack and unpack, or raise/,
  },
  RouteError: {
    make: () => new errors.RouteError('debug'),
    code: 'ERR_SLUICE_ROUTE',
    message: /^there is no branch for 'debug'; add one, or one called otherwise$/,
  },
  ClosedError: {
    make: () => new errors.ClosedError('the producer'),
    code: 'ERR_SLUICE_CLOSED',
    message: /^the producer is closed$/,
  },
  AbortError: {
    make: () => new errors.AbortError('because'),
    code: 'ABORT_ERR',
    message: /was aborted/,
  },
  StageError: {
    make: () => new StageError(stage, cause, 7, { secret: 'item in hand' }),
    code: 'ERR_SLUICE_STAGE',
    message: /^map\(parse\) \(stage 2\) failed on item 7: not a number$/,
  },
};

describe('errors', () => {
  const classes = new Map<string, unknown>(
    Object.entries(errors).filter(
      ([, value]) => value === SluiceError || value.prototype instanceof SluiceError,
    ),
  );

  it('are all in this table', () => {
    expect([...classes.keys()].sort()).to.deep.equal(Object.keys(table).sort());
  });

  for (const [name, { make, code, message }] of Object.entries(table)) {
    it(`${name} has its name, its code ${code}, and a message that says what to do`, () => {
      const error = make();
      expect(error).to.be.instanceOf(SluiceError).and.instanceOf(Error);
      expect(error.constructor).to.equal(classes.get(name));
      expect(error).to.include({ name, code });
      expect(error.message).to.match(message);
      expect(error.stack).to.contain(`${name}: ${error.message}`);
    });
  }

  it('go by the name of the class that extends them', () => {
    class MineError extends SluiceError {}
    expect(new MineError('ERR_MINE', 'mine')).to.include({ name: 'MineError', code: 'ERR_MINE' });
  });

  it('AbortError has the reason of the signal as its cause', () => {
    const reason = { why: 'enough' };
    expect(new errors.AbortError(reason).cause).to.equal(reason);
  });
});

describe('StageError', () => {
  const item = { secret: 'item in hand' };
  const error = new StageError(stage, cause, 7, item);

  it('has the stage, the index of the item and the original error', () => {
    expect(error.stage).to.deep.equal(stage);
    expect(error).to.include({ index: 7, cause });
  });

  it('has the item in hand, but does not print it', () => {
    expect(error.item).to.equal(item);
    expect(Object.keys(error)).to.not.include('item');
    expect(JSON.stringify(error)).to.not.contain('secret');
    expect(error.message).to.not.contain('secret');
    expect(inspect(error, { depth: null })).to.not.contain('secret');
  });

  it('shows its cause when it is inspected', () => {
    expect(inspect(error)).to.contain('TypeError: not a number');
  });

  it('says nothing of an item when there is none in hand', () => {
    const none = new StageError(stage, cause);
    expect(none).to.include({ index: undefined, item: undefined });
    expect(none.message).to.equal('map(parse) (stage 2) failed: not a number');
  });

  const thrown: readonly (readonly [what: string, value: unknown, message: string])[] = [
    ['a string', 'text', 'text'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a number', 0, '0'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['an object with a message', { message: 'said' }, 'said'],
    ['an object without one', { code: 5 }, '{ code: 5 }'],
    ['an object that can not become a string', Object.create(null), '[Object: null prototype] {}'],
  ];
  for (const [what, value, message] of thrown) {
    it(`tells what was thrown when it is ${what}`, () => {
      const wrapped = new StageError(stage, value);
      expect(wrapped.message).to.equal(`map(parse) (stage 2) failed: ${message}`);
      expect(wrapped.cause).to.equal(value);
    });
  }

  it('keeps the name of the first stage when it comes through others', () => {
    const other = { name: 'other', position: 3 };
    expect(stageError(other, error, 1, 'x')).to.equal(error);
    expect(stageError(other, cause, 1, 'x')).to.include({ stage: other, index: 1, item: 'x' });
  });
});
