import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  batch,
  drain,
  forEach,
  hub,
  map,
  pipeline,
  pull,
  push,
  range,
  tee,
  zip,
} from '../../lib/index.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { noting, storage } from '../helpers/storage.js';

const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown>;

describe('trap: the AsyncLocalStorage of code that acts on a run from outside', () => {
  noUnhandled();

  for (const [what, signals] of [
    ['aborts', 'signal'],
    ['stops', 'stop'],
  ] as const) {
    it(`cleanup finds that of the caller, not of who ${what} the run`, async () => {
      const seen: (string | undefined)[] = [];
      const note = () => {
        seen.push(storage.getStore());
      };
      const endless = async function* (): AsyncGenerator<number> {
        try {
          for (;;) yield turn(1);
        } finally {
          note();
        }
      };
      const controller = new AbortController();
      const options = { [signals]: controller.signal };
      const run = storage.run('caller', () =>
        anyPipeline(endless, batch(9), forEach(note), options),
      );
      const settled = run.catch(() => {});
      for (let turns = 0; turns < 5; turns += 1) await turn();
      storage.run('other', () => controller.abort());
      await settled;
      expect(seen.length).to.be.above(0);
      expect(seen).to.deep.equal(seen.map(() => 'caller'));
    });
  }

  it('stages and consumer of push find that of the call of push, not of who sends', async () => {
    const seen = new Set<string | undefined>();
    const producer = storage.run('caller', () =>
      push(
        noting(seen),
        batch(2),
        map(async (x) => x),
        () => {
          seen.add(storage.getStore());
          return 'answer';
        },
      ),
    );
    const answers = storage.run('sender', () => Promise.all([producer.send(1), producer.send(2)]));
    expect(await answers).to.deep.equal(['answer', 'answer']);
    storage.run('writer', () => producer.write(3));
    await storage.run('closer', () => producer.close());
    expect([...seen]).to.deep.equal(['caller']);
  });

  it('a sender finds its own after the answer', async () => {
    const producer = storage.run('caller', () => push((x: number) => x));
    const after = await storage.run('sender', async () => {
      await producer.send(1);
      return storage.getStore();
    });
    expect(after).to.equal('sender');
  });

  it('a branch that joins a hub finds that of the run', async () => {
    const seen = new Set<string | undefined>();
    const all = hub<number>();
    const run = storage.run('caller', () => pipeline(range(0, 3), all));
    await turn();
    const joining = forEach((_: number) => {
      seen.add(storage.getStore());
    });
    storage.run('other', () => all.join(joining));
    await run;
    expect([...seen]).to.deep.equal(['caller']);
  });

  it('two runs that read one tee each find their own', async () => {
    const [left, right] = tee(Readable.from(range(0, 99)));
    const runs = [left, right].map(async (branch, at) => {
      const seen = new Set<string | undefined>();
      await storage.run(`run ${at}`, () => pipeline(branch, noting(seen), drain()));
      return [...seen];
    });
    expect(await Promise.all(runs)).to.deep.equal([['run 0'], ['run 1']]);
  });

  it('a run that reads both branches of a tee finds its own, not that of who feeds the source', async () => {
    const seen = new Set<string | undefined>();
    const source = new Readable({ objectMode: true, read: () => {} });
    const [left, right] = tee(source);
    const run = storage.run('caller', () => pipeline(zip(left, right), noting(seen), drain()));
    await turn();
    for (const x of [1, 2, null]) storage.run('feeder', () => source.push(x));
    await run;
    expect([...seen]).to.deep.equal(['caller']);
  });

  it('a run that is fed by the sends of another finds its own', async () => {
    const seen = new Set<string | undefined>();
    const inner = storage.run('inner', () => push(noting(seen), () => {}));
    await storage.run('outer', () =>
      pipeline(
        range(0, 9),
        forEach((x) => inner.send(x)),
      ),
    );
    await inner.close();
    expect([...seen]).to.deep.equal(['inner']);
  });

  it('pull finds that of who asks for an item', () => {
    const seen = new Set<string | undefined>();
    const items = storage.run('caller', () => pull([1, 2], noting(seen)));
    storage.run('reader', () => items.next());
    expect([...seen]).to.deep.equal(['reader']);
  });

  it('a stage used by itself finds that of who writes, as a Transform does', async () => {
    const seen = new Set<string | undefined>();
    const stage = storage.run('maker', () => noting(seen));
    stage.resume();
    storage.run('writer', () => stage.write(1));
    stage.end();
    await turn();
    expect([...seen]).to.deep.equal(['writer']);
  });
});
