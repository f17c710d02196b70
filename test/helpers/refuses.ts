import { expect } from 'chai';
import { ArgumentError } from '../../lib/core/base/errors.js';

/** A call that must throw an `ArgumentError` with `message` right there. */
export function refuses(title: string, call: () => unknown, message: string): void {
  it(title, () => {
    expect(call).to.throw(ArgumentError, message).with.property('code', 'ERR_SLUICE_ARGUMENT');
  });
}
