import assert from 'node:assert/strict';
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { AddCheck } from '../harness/check.js';
import { Life } from '../harness/life.js';
import { quiet } from '../harness/quiet.js';
import type { Subject } from '../harness/stage-spec.js';
import { ways } from '../harness/ways.js';

/** The stage emits the right items in the right order, in every way to run it. */
export function outputContract<I, O>(subject: Subject<I, O>, check: AddCheck): void {
  const { kind, make, input, expected, sync, essence = (items) => items, empty = [] } = subject;
  const expectOutput = (out: readonly O[]) => assert.deepEqual(essence(out), essence(expected));

  for (const [how, run] of ways<I, O>(kind, sync)) {
    check(`gives the expected items ${how}`, async () => {
      expectOutput(await run(input, make()));
    });

    check(`gives what it should when there is no input ${how}`, async () => {
      assert.deepEqual(await run([], make()), empty);
    });
  }
  if (kind === 'other') return;
  const stream = () => make() as unknown as Duplex;

  check(
    'keeps order and loses nothing when it is written to from inside its data event',
    async () => {
      const stage = stream();
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
      // A stage may emit nothing for an item, so there may be no data event that writes the next one.
      while (left.length > 0) {
        writeNext();
        await turn();
      }
      stage.end();
      await ended;
      expectOutput(out);
    },
  );

  check('emits nothing after its end, also when its reader comes late', async () => {
    const stage = stream();
    const life = new Life(stage);
    const out: O[] = [];
    let afterEnd = 0;
    for (const item of input) stage.write(item);
    stage.end();
    await quiet(() => stage.readableLength + life.errors.length);
    assert.deepEqual(life.errors, []);
    stage.on('data', (item: O) => {
      if (stage.readableEnded) afterEnd += 1;
      out.push(item);
    });
    await new Promise((resolve) => stage.once('close', resolve));
    await quiet(() => out.length + life.errors.length);
    assert.deepEqual({ afterEnd, errors: life.errors }, { afterEnd: 0, errors: [] });
    expectOutput(out);
  });

  // Such a stage has no data event before it is ended.
  if (subject.whole) return;

  check('may be ended from inside its data event, losing nothing', async () => {
    const stage = stream();
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
