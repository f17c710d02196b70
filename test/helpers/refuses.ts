import { expect } from 'chai';
import { ArgumentError } from '../../lib/core/base/errors.js';

/** Tests that a call throws an `ArgumentError` with `message` synchronously. */
export function refuses(title: string, call: () => unknown, message: string): void {
  it(title, () => {
    expect(call).to.throw(ArgumentError, message).with.property('code', 'ERR_SLUICE_ARGUMENT');
  });
}
