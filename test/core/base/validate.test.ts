import { expect } from 'chai';
import {
  validateCount,
  validateFunction,
  validateKnown,
  validateMs,
  validateOneOf,
  validateOptions,
  validateSignal,
} from '../../../lib/core/base/validate.js';
import { refuses } from '../../helpers/refuses.js';

describe('an argument check', () => {
  it('lets through what is right', () => {
    validateCount('f', 'size', 0);
    validateCount('f', 'size', Number.MAX_SAFE_INTEGER, 1);
    validateFunction('f', 'fn', () => {});
    validateSignal('f', 'signal', undefined);
    validateSignal('f', 'signal', AbortSignal.abort());
    validateOptions('f', undefined);
    validateOptions('f', {});
    validateOptions('f', { name: 'mine', size: 1 }, ['size']);
    validateKnown('f', undefined, []);
    validateKnown('f', { size: 1 }, ['size']);
    validateMs('f', 'delayMs', 0);
    validateMs('f', 'delayMs', 0.5);
    validateMs('f', 'delayMs', 2 ** 31 - 1, 1);
    validateOneOf('f', 'when', 'a', ['a', 'b']);
    expect(() => validateCount('f', 'size', 3, 3)).to.not.throw();
  });

  refuses(
    'names who asks, the argument and its range',
    () => validateCount('batch', 'size', 0, 1),
    'batch: size must be an integer from 1, got 0',
  );
  refuses(
    'takes no text for a number',
    () => validateCount('batch', 'size', '2'),
    'batch: size must be an integer from 0, got 2',
  );
  refuses(
    'takes no number that is no longer exact',
    () => validateCount('batch', 'size', 2 ** 53),
    'batch: size must be an integer from 0, got 9007199254740992',
  );
  refuses(
    'says null rather than object',
    () => validateFunction('map', 'fn', null),
    'map: fn must be a function, got null',
  );
  refuses(
    'names an option that is not known, and those that are',
    () =>
      validateOptions<{ size: number; name?: string }>('f', { size: 1, sise: 2 } as never, [
        'size',
      ]),
    'f: unknown option sise; known are size, name',
  );
  refuses(
    'takes no number for a name',
    () => validateOptions('f', { name: 3 }),
    'f: name must be a string, got 3',
  );
  for (const wrong of [0.5, -1, 2 ** 31, Number.NaN, '5', null]) {
    refuses(
      `takes ${wrong} for no time from 1 ms`,
      () => validateMs('delay', 'delayMs', wrong, 1),
      `delay: delayMs must be a number of ms from 1 to 2147483647, got ${wrong}`,
    );
  }
  refuses(
    'names the words there are',
    () => validateOneOf('buffer', 'when', 'c', ['a', 'b']),
    "buffer: when must be one of 'a', 'b', got c",
  );
  for (const wrong of [null, 'now', {}, 5]) {
    refuses(
      `takes ${JSON.stringify(wrong)} for no signal`,
      () => validateSignal('pipeline', 'stop', wrong),
      `pipeline: stop must be an AbortSignal, got ${String(wrong)}`,
    );
  }
});
