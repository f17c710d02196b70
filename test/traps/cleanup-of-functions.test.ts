import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { type Context, drain, from, pipeline, pull, take } from '../../lib/index.js';
import { gone } from '../helpers/gone.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';
import { slowToClose } from '../helpers/slow-to-close.js';

type Log = string[];

describe('trap: cleanup of functions that no caller awaits', () => {
  noUnhandled();

  it('an async function at the end has done its own before the pipeline settles', async () => {
    const log: Log = [];
    const controller = new AbortController();
    const save = async (items: AsyncIterable<number>, { signal }: Context) => {
      try {
        for await (const x of items) if (x === 3) controller.abort();
        log.push('saved');
      } finally {
        log.push(`told ${signal.aborted}`);
        for (let turns = 0; turns < 4; turns += 1) await turn();
        log.push('undone');
      }
    };
    const run = pipeline(slowToClose(log)(), save, { signal: controller.signal });
    expect(await rejection(run)).to.have.property('code', 'ABORT_ERR');
    log.push('settled');
    expect(log).to.have.members(['told true', 'source closed', 'undone', 'settled']);
    expect(log.at(-1)).to.equal('settled');
  });

  it('a stage that is a function does not take an abort for the end of its input', async () => {
    const log: Log = [];
    const controller = new AbortController();
    const waiting = async function* () {
      yield 1;
      controller.abort();
      yield new Promise<number>(() => {});
    };
    const commit = async function* (items: AsyncIterable<number>) {
      try {
        for await (const _item of items);
        log.push('committed');
        yield 'all';
      } catch {
        log.push('rolled back');
      }
    };
    const run = pipeline(waiting, commit, drain(), { signal: controller.signal });
    expect(await rejection(run)).to.have.property('code', 'ABORT_ERR');
    expect(log).to.deep.equal(['rolled back']);
  });

  it('a source has been closed before its stream says that it is', async () => {
    const log: Log = [];
    const source = from(slowToClose(log));
    source.once('data', () => source.destroy());
    await gone(source);
    expect(log).to.deep.equal(['source closed']);
  });

  it('a sync generator has been closed before pull breaks off', () => {
    const log: Log = [];
    const generator = function* () {
      try {
        for (;;) yield 1;
      } finally {
        log.push('closed');
      }
    };
    for (const _item of pull(generator(), take(5))) break;
    log.push('broke off');
    expect(log).to.deep.equal(['closed', 'broke off']);
  });
});
