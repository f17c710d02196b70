import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';
import { from, type SourceLike } from '../../index.js';
import { Counted } from './counted.js';
import { isStream, type Kind } from './part.js';
import { quiet } from './quiet.js';
import type { Input, SourceSpec } from './source-spec.js';

/** A source under test, and how it is made. */
export interface SourceSubject<T> extends SourceSpec<T> {
  readonly kind: Kind;
  readonly make: (...inputs: Input[]) => SourceLike<T>;
}

/** A source over inputs that count what was asked for. */
export function counted<T>(
  { make, asked = [], open }: SourceSubject<T>,
  kind: 'items' | 'later' = 'items',
) {
  const inputs = asked.map(() => new Counted());
  const source = make(...inputs.map((input) => input[kind]()));
  const expectClosed = async () => {
    for (const input of inputs) assert.equal(input.closed, input.asked > 0, 'input is closed');
    if (open) assert.equal(await quiet(open), 0, 'still open');
  };
  return { inputs, source, expectClosed };
}

/** The source as a stream, or the source itself if it is one. */
export const streamOf = <T>(source: SourceLike<T>): Readable =>
  isStream(source) ? source : from(source);
