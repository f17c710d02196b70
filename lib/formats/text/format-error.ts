import { SluiceError } from '../../core/base/errors.js';

/** An item that a format cannot write. */
export class FormatError extends SluiceError {
  /** The position of the item among all that the formatter received, from 0. */
  readonly index: number;

  constructor(index: number, problem: string, options?: ErrorOptions) {
    super('ERR_SLUICE_FORMAT', `item ${index} ${problem}`, options);
    this.index = index;
  }
}
