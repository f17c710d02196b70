import { KeyedInput } from './keyed-input.js';

/** One source of a join. */
export class JoinInput extends KeyedInput {
  readonly side: 'left' | 'right';

  constructor(side: 'left' | 'right', ...source: ConstructorParameters<typeof KeyedInput>) {
    super(...source);
    this.side = side;
  }
}

export interface JoinInputs {
  readonly left: JoinInput;
  readonly right: JoinInput;
}

/** Whether items without a partner are emitted. */
export interface Keeps {
  readonly left: boolean;
  readonly right: boolean;
}
