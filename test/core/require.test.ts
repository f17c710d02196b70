import { expect } from 'chai';
import {
  requireCount,
  requireFunction,
  requireKnown,
  requireMs,
  requireOneOf,
  requireOptions,
  requireSignal,
} from '../../lib/core/require.js';
import { refuses } from '../helpers/refuses.js';

describe('an argument check', () => {
  it('lets through what is right', () => {
    requireCount('f', 'size', 0);
    requireCount('f', 'size', Number.MAX_SAFE_INTEGER, 1);
    requireFunction('f', 'fn', () => {});
    requireSignal('f', 'signal', undefined);
    requireSignal('f', 'signal', AbortSignal.abort());
    requireOptions('f', undefined);
    requireOptions('f', {});
    requireOptions('f', { name: 'mine', size: 1 }, ['size']);
    requireKnown('f', undefined, []);
    requireKnown('f', { size: 1 }, ['size']);
    requireMs('f', 'delayMs', 0);
    requireMs('f', 'delayMs', 0.5);
    requireMs('f', 'delayMs', 2 ** 31 - 1, 1);
    requireOneOf('f', 'when', 'a', ['a', 'b']);
    expect(() => requireCount('f', 'size', 3, 3)).to.not.throw();
  });

  refuses(
    'names who asks, the argument and its range',
    () => requireCount('batch', 'size', 0, 1),
    'batch: size must be an integer from 1, got 0',
  );
  refuses(
    'takes no text for a number',
    () => requireCount('batch', 'size', '2'),
    'batch: size must be an integer from 0, got 2',
  );
  refuses(
    'takes no number that is no longer exact',
    () => requireCount('batch', 'size', 2 ** 53),
    'batch: size must be an integer from 0, got 9007199254740992',
  );
  refuses(
    'says null rather than object',
    () => requireFunction('map', 'fn', null),
    'map: fn must be a function, got null',
  );
  refuses(
    'names an option that is not known, and those that are',
    () =>
      requireOptions<{ size: number; name?: string }>('f', { size: 1, sise: 2 } as never, ['size']),
    'f: unknown option sise; known are size, name',
  );
  refuses(
    'takes no number for a name',
    () => requireOptions('f', { name: 3 }),
    'f: name must be a string, got 3',
  );
  for (const wrong of [0.5, -1, 2 ** 31, Number.NaN, '5', null]) {
    refuses(
      `takes ${wrong} for no time from 1 ms`,
      () => requireMs('delay', 'delayMs', wrong, 1),
      `delay: delayMs must be a number of ms from 1 to 2147483647, got ${wrong}`,
    );
  }
  refuses(
    'names the words there are',
    () => requireOneOf('buffer', 'when', 'c', ['a', 'b']),
    "buffer: when must be one of 'a', 'b', got c",
  );
  for (const wrong of [null, 'now', {}, 5]) {
    refuses(
      `takes ${JSON.stringify(wrong)} for no signal`,
      () => requireSignal('pipeline', 'stop', wrong),
      `pipeline: stop must be an AbortSignal, got ${String(wrong)}`,
    );
  }
});
