import { expect } from 'chai';
import { drain, NullItemError, pipeline, StageError } from '../../lib/index.js';
import { rejection } from '../helpers/rejection.js';
import { expectSameItems } from '../helpers/same-items.js';
import { ways } from './output-contract.js';
import type { Subject } from './subject.js';

/** Values that are easily taken for "nothing", and an error that is no failure. */
export const awkward: readonly unknown[] = [
  undefined,
  0,
  -0,
  '',
  Number.NaN,
  false,
  new Error('an ordinary item'),
  Symbol('an ordinary item'),
];

/** What may be an item passes as it is; `null` may not. */
export function valueContract<I, O>({ name, make, input, values, sync }: Subject<I, O>): void {
  it(`${name} refuses null, naming whoever gave it`, async () => {
    const error = await rejection(pipeline([input[0], null] as I[], make(), drain()));
    expect(error).to.be.instanceOf(StageError);
    expect(error).to.deep.include({ stage: { name: 'from', position: 0 }, index: 1 });
    expect((error as StageError).cause).to.be.instanceOf(NullItemError);
  });

  it(`${name} refuses null when it is written to, as every Node stream does`, () => {
    const stage = make();
    expect(() => stage.write(null))
      .to.throw()
      .with.property('code', 'ERR_STREAM_NULL_VALUES');
    stage.destroy();
  });

  if (!values) return;
  for (const [how, run] of ways<unknown, unknown>(sync)) {
    it(`${name} hands on values that look like nothing ${how}`, async () => {
      expectSameItems(await run(awkward, values.make()), values.expected(awkward));
    });
  }
}
