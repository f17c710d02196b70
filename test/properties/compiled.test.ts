import { Writable } from 'node:stream';
import { expect } from 'chai';
import fc from 'fast-check';
import { forEach, pipeline, reduce } from '../../lib/index.js';
import { accountOf, expectSame, type Note } from '../helpers/account.js';
import { chainOf, failurePoint, inputs, stagesOf } from './chain.js';
import { TIMEOUT_MS } from './timeout.js';
import { after, type Wait, waits } from './wait.js';
import { watchedForm, watchedSource } from './watched-source.js';

/** Sinks that take, sinks that fold, and plain Node streams. */
const sinks = {
  takes: (note: Note, wait: Wait) => forEach((x) => after(wait, () => note('taken', x))),
  folds: (note: Note, wait: Wait) =>
    reduce(
      (count: number, x) =>
        after(wait, () => {
          note('folded', x);
          return count + 1;
        }),
      0,
    ),
  writes: (note: Note, wait: Wait) =>
    new Writable({
      objectMode: true,
      highWaterMark: 2,
      write: (x, _, done) => {
        note('written', x);
        if (wait === 'now') done();
        else setImmediate(done);
      },
    }),
};

const sinkForm = fc.constantFrom(...(Object.keys(sinks) as (keyof typeof sinks)[]));

describe('random chains', function () {
  this.timeout(TIMEOUT_MS);

  it('do the same compiled as by plain pulls, and taken over at any item', async () => {
    let generated = 0;
    const property = fc.asyncProperty(
      inputs,
      watchedForm,
      chainOf(),
      failurePoint,
      sinkForm,
      fc.constantFrom<Wait>('now', ...waits),
      fc.integer({ min: 1, max: 30 }),
      async (input, form, chain, point, end, wait, middle) => {
        const run = (note: Note) =>
          pipeline([
            watchedSource(form, note, input),
            ...stagesOf(chain, point, note),
            sinks[end](note, wait),
          ]);
        const plain = await accountOf(Infinity, run);
        const compiled = await accountOf(0, run);
        expectSame(compiled, plain, 'compiled');
        expectSame(await accountOf(middle, run), plain, `compiled from item ${middle}`);
        generated += compiled.generated();
        expect(plain.generated()).to.equal(0);
      },
    );
    await fc.assert(property, { numRuns: 500 });
    expect(generated).to.be.above(1500);
  });
});
