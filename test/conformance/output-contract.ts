import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { compose, pipeline, pull, type Stage, toArray } from '../../lib/index.js';
import { nodeRun } from '../helpers/node-run.js';
import type { Subject } from './subject.js';

/** Every way of running a stage, as a function from its input to its output. */
export function ways<I, O>(sync = true) {
  type Way = (items: readonly I[], stage: Stage<I, O>) => Promise<O[]> | O[];
  const all: Record<string, Way> = {
    'through pipeline': (items, stage) => pipeline(items, stage, toArray()),
    "through Node's pipeline": async (items, stage) => {
      const sink = toArray<O>();
      await nodeRun([items, stage, sink]);
      return sink.result();
    },
    'through pipe()': (items, stage) => {
      const sink = toArray<O>();
      Readable.from(items).pipe(stage).pipe(sink);
      return sink.result();
    },
    'through pipeline as a stream that is listened to': (items, stage) => {
      stage.on('error', () => {});
      return pipeline(items, stage, toArray());
    },
    'through compose and for await': async (items, stage) => {
      const out: O[] = [];
      for await (const item of compose(items, stage)) out.push(item);
      return out;
    },
  };
  if (sync) all['through pull'] = (items, stage) => [...pull(items, stage)];
  return Object.entries(all);
}

/** The right items in the right order, however it is run. */
export function outputContract<I, O>(subject: Subject<I, O>): void {
  const { name, make, input, expected, sync, essence = (items) => items } = subject;
  const expectOutput = (out: readonly O[]) => expect(essence(out)).to.deep.equal(essence(expected));

  for (const [how, run] of ways<I, O>(sync)) {
    it(`${name} gives the expected items ${how}`, async () => {
      expectOutput(await run(input, make()));
    });

    it(`${name} ends without items when there is no input ${how}`, async () => {
      expect(await run([], make())).to.deep.equal([]);
    });
  }

  it(`${name} keeps order and loses nothing when it is written to from inside its data event`, async () => {
    const stage = make();
    const left = [...input];
    const out: O[] = [];
    const writeNext = () => {
      if (left.length > 0) stage.write(left.shift());
    };
    stage.on('data', (item: O) => {
      writeNext();
      out.push(item);
      writeNext();
    });
    const ended = new Promise((resolve) => stage.once('end', resolve));
    // A stage that gives nothing for an item gives no data event to go on from.
    while (left.length > 0) {
      writeNext();
      await turn();
    }
    stage.end();
    await ended;
    expectOutput(out);
  });

  // It has no data event before it is ended.
  if (subject.whole) return;

  it(`${name} may be ended from inside its data event, losing nothing`, async () => {
    const stage = make();
    const out: O[] = [];
    for (const item of input) stage.write(item);
    stage.on('data', (item: O) => {
      out.push(item);
      stage.end();
    });
    await new Promise((resolve) => stage.once('end', resolve));
    expectOutput(out);
  });
}
