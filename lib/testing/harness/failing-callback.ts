import { setImmediate as turn } from 'node:timers/promises';
import { NullItemError } from '../../index.js';
import type { Callback } from './stage-spec.js';

export const cause = new Error('broken on purpose');
/** Which call fails, from 0. */
export const FAILS_AT = 1;

export const throwing = (): never => {
  throw cause;
};
export const rejecting = (): Promise<never> => turn().then(throwing);

/** A callback that fails in call `FAILS_AT` only, or from that call on when `once` is false. */
export function failing(act: () => unknown, goOn: unknown, once = true): Callback {
  let calls = 0;
  return function fails() {
    calls += 1;
    const bad = once ? calls === FAILS_AT + 1 : calls > FAILS_AT;
    return bad ? act() : goOn;
  };
}

export const isCause = (error: unknown): boolean => error === cause;
export const isNullItem = (error: unknown): boolean => error instanceof NullItemError;
