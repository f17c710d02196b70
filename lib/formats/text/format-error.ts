import { SluiceError } from '../../core/base/errors.js';

/** An item that its format has no way to write. */
export class FormatError extends SluiceError {
  /** Which item of those that came to the formatter, from 0. */
  readonly index: number;

  constructor(index: number, problem: string, options?: ErrorOptions) {
    super('ERR_SLUICE_FORMAT', `item ${index} ${problem}`, options);
    this.index = index;
  }
}
