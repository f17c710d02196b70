import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  batch,
  buffer,
  compose,
  from,
  map,
  merge,
  pipeline,
  race,
  take,
  toArray,
} from '../../lib/index.js';
import { anyPipeline, obeying, oneItem } from '../helpers/at-work.js';
import { noUnhandled } from '../helpers/no-unhandled.js';

const refusal = new Error('refused on purpose');

describe('trap: a callback that works for a run which needs no more of it', () => {
  noUnhandled();

  const earlyEnds: Record<string, (stage: unknown) => readonly unknown[]> = {
    'in one source of merge': (stage) => [
      (merge as never as (...all: unknown[]) => never)(compose(oneItem(), stage as never), later()),
    ],
    'in a loser of race': (stage) => [
      (race as never as (...all: unknown[]) => never)(compose(oneItem(), stage as never), later()),
    ],
    'before a batch that is due': (stage) => [
      from(['first', 'item']),
      map((x) => x),
      stage,
      batch(9, { maxDelayMs: 1 }),
    ],
    'before a buffer': (stage) => [from(['first', 'item']), stage, buffer({ size: 4 })],
  };
  const later = async function* () {
    await turn();
    yield 'first';
    await new Promise(() => {});
  };
  for (const [where, parts] of Object.entries(earlyEnds)) {
    it(`is told by its signal, and waited for, ${where}`, async () => {
      const log: string[] = [];
      const clean = obeying(() => log.push('cleaned up'));
      const stage = map((item: unknown, context) =>
        item === 'first' ? item : clean(item, context),
      );
      const behind: boolean[] = [];
      const last = map((item: unknown, { signal }) => {
        behind.push(signal.aborted);
        return item;
      });
      const items = await anyPipeline(...parts(stage), take(1), last, toArray());
      expect([items].flat(2)).to.deep.equal(['first']);
      expect(log).to.deep.equal(['cleaned up']);
      expect(behind).to.deep.equal([false]);
    });
  }

  it('fails no run that has ended early, as its result is not wanted either', async () => {
    const stage = map(
      obeying(() => {
        throw refusal;
      }),
    );
    const items = await pipeline(merge(compose(oneItem(), stage), ['first']), take(1), toArray());
    expect(items).to.deep.equal(['first']);
  });
});
