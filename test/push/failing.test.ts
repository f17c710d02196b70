import { once } from 'node:events';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { StageError } from '../../lib/core/base/errors.js';
import { batch } from '../../lib/operators/batch.js';
import { flatMap } from '../../lib/operators/flat-map.js';
import { map } from '../../lib/operators/map.js';
import { timeout } from '../../lib/operators/timeout.js';
import { push } from '../../lib/push/push.js';
import { reduce } from '../../lib/sinks/reduce.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection, stageFailure } from '../helpers/rejection.js';

const cause = new Error('failed on purpose');
const closed = (error: unknown) =>
  expect(error).to.include({ name: 'ClosedError', code: 'ERR_SLUICE_CLOSED' });

describe('a send whose item comes to grief', () => {
  noUnhandled();

  const failures = {
    'a stage throws': () =>
      push(
        map(function fails(x: number) {
          if (x === 2) throw cause;
          return x;
        }),
        (x) => x,
      ),
    'a stage rejects': () =>
      push(
        map(async function fails(x: number) {
          await turn();
          if (x === 2) throw cause;
          return x;
        }),
        (x) => x,
      ),
    'what a stage makes throws': () =>
      push(
        flatMap(function* fails(x: number) {
          yield x;
          if (x === 2) throw cause;
        }),
        (x) => x,
      ),
    'the consumer throws': () =>
      push(function fails(x: number) {
        if (x === 2) throw cause;
        return x;
      }),
    'the consumer rejects': () =>
      push(async function fails(x: number) {
        await turn();
        if (x === 2) throw cause;
        return x;
      }),
    'a sink fails': () =>
      push(
        reduce(function fails(_sum: number, x: number) {
          if (x === 2) throw cause;
          return x;
        }, 0),
      ),
  };
  for (const [when, make] of Object.entries(failures)) {
    it(`is rejected when ${when}, as are those that wait and those that come later`, async () => {
      const producer = make();
      const sends = [1, 2, 3, 4].map((x) => producer.send(x));
      expect(await sends[0]).to.equal(1);
      const error = await stageFailure(sends[1] as Promise<unknown>);
      expect(error.stage.name).to.match(/fails|reduce/);
      expect(error).to.include({ index: 1, cause });
      const later = producer.send(5);
      for (const send of [sends[2], sends[3], later, producer.close()])
        expect(await rejection(send as Promise<unknown>)).to.equal(error);
      expect(await rejection(producer.send(6))).to.equal(error);
      expect(await rejection(producer.close())).to.equal(error);
      await quiet(() => producer.closed);
      expect(producer.closed).to.equal(true);
    });
  }

  it('is rejected at once when its stage has failed, in the same turn too', async () => {
    const producer = push(() => {
      throw cause;
    });
    const errors = await Promise.all([1, 2].map((x) => rejection(producer.send(x))));
    expect(errors[0]).to.be.instanceOf(StageError);
    expect(errors[1]).to.equal(errors[0]);
  });

  it('is rejected when what holds it fails as it lets go', async () => {
    const producer = push(batch<number>(3), () => {
      throw cause;
    });
    const sends = [1, 2].map((x) => rejection(producer.send(x)));
    const error = await stageFailure(producer.close());
    expect(error).to.include({ cause });
    expect(await Promise.all(sends)).to.deep.equal([error, error]);
  });

  it('is rejected when a stream of the user fails, though nothing was sent just then', async () => {
    const stream = new Writable({ objectMode: true, write: (_x, _e, done) => done() });
    const producer = push(map(String), stream);
    expect(await producer.send(1)).to.equal(undefined);
    stream.destroy(cause);
    await quiet(() => stream.closed);
    expect(await rejection(producer.send(2))).to.equal(cause);
    expect(await rejection(producer.close())).to.equal(cause);
  });

  it('is rejected when a stage can not even be opened', async () => {
    const producer = push((() => 5) as never, (x: unknown) => x);
    const sends = [1, 2].map((x) => stageFailure(producer.send(x)));
    const [error, same] = await Promise.all(sends);
    expect(error?.cause).to.have.property('code', 'ERR_SLUICE_ARGUMENT');
    expect(same).to.equal(error);
    expect(await rejection(producer.close())).to.equal(error);
  });

  it('is rejected when a stage failed before anything was sent, which ends no process', async () => {
    const producer = push(timeout({ firstMs: 1 }), (x: unknown) => x);
    await new Promise((closed) => producer.on('close', closed));
    const error = await stageFailure(producer.send(1));
    expect(error.cause).to.have.property('code', 'ERR_SLUICE_TIMEOUT');
    expect(await rejection(producer.close())).to.equal(error);
  });

  it('is told of by an event where items only come by write', async () => {
    const producer = push(
      map(async () => {
        throw cause;
      }),
      (x) => x,
    );
    producer.write(1);
    const [error] = await once(producer, 'error');
    expect(error).to.include({ cause });
  });

  it('is rejected when it is null, which goes no further', async () => {
    const producer = push((x: unknown) => x);
    expect(await rejection(producer.send(null))).to.have.property('code', 'ERR_SLUICE_NULL_ITEM');
    expect(await producer.send(1)).to.equal(1);
  });

  it('is rejected when a stage makes null of it, by its name', async () => {
    const producer = push(
      map(function nothing() {
        return null;
      }),
      (x) => x,
    );
    const error = await stageFailure(producer.send(1));
    expect(error.stage).to.deep.equal({ name: 'map(nothing)', position: 1 });
    expect(error.cause).to.have.property('code', 'ERR_SLUICE_NULL_ITEM');
  });

  for (const [how, error] of [
    ['without an error', undefined],
    ['with an error', cause],
  ] as const) {
    it(`is rejected when the producer is destroyed ${how}: taken, held or waiting`, async () => {
      const signals: AbortSignal[] = [];
      const busy = push((_x: number, { signal }) => {
        signals.push(signal);
        return new Promise(() => {});
      });
      const holding = push(batch<number>(3), () => expect.fail('let go'));
      const sends = [busy, busy, holding, holding].map((producer) => rejection(producer.send(1)));
      busy.destroy(error);
      holding.destroy(error);
      const late = [busy.send(2), busy.close(), holding.close()].map(rejection);
      for (const reason of await Promise.all([...sends, ...late])) {
        if (error) expect(reason).to.equal(error);
        else closed(reason);
      }
      expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true]);
      await quiet(() => busy.closed && holding.closed);
      expect([busy.closed, holding.closed]).to.deep.equal([true, true]);
    });
  }
});
