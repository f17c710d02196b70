import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { generate } from '../../lib/sources/generate.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { rejection } from '../helpers/rejection.js';

const endless = () =>
  generate(0, async (x: number) => {
    await turn();
    return x + 1;
  });

describe('a signal that many runs share', () => {
  it('aborts all of them, and brings no warning', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on('warning', note);
    const controller = new AbortController();
    const { signal } = controller;
    const runs = Array.from({ length: 1000 }, () =>
      rejection(pipeline(endless(), drain(), { signal })),
    );
    await turn();
    controller.abort();
    const codes = (await Promise.all(runs)).map((error) => (error as { code?: string }).code);
    await turn();
    process.off('warning', note);
    expect(new Set(codes)).to.deep.equal(new Set(['ABORT_ERR']));
    expect(warnings).to.deep.equal([]);
    expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
  });

  it('stops all of them, and those that begin later', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const runs = Array.from({ length: 20 }, () => pipeline(endless(), toArray(), { stop: signal }));
    await turn();
    controller.abort();
    for (const items of await Promise.all(runs)) expect(items[0]).to.equal(0);
    expect(await pipeline(endless(), toArray(), { stop: signal })).to.deep.equal([]);
    expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
  });

  it('is listened to again by runs that begin when all others are over', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    await pipeline([1], drain(), { signal });
    expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
    const run = rejection(pipeline(endless(), drain(), { signal }));
    expect(getEventListeners(signal, 'abort')).to.have.lengthOf(1);
    controller.abort();
    expect(await run).to.have.property('code', 'ABORT_ERR');
  });
});
