import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { flatMap } from '../../../lib/operators/flat-map.js';
import { take } from '../../../lib/operators/take.js';
import { drain } from '../../../lib/sinks/drain.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { never } from '../../helpers/never.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { stageFailure } from '../../helpers/rejection.js';

/** Takes some turns of the event loop to close. */
class SlowToClose extends Readable {
  #next = 0;

  constructor() {
    super({ objectMode: true });
  }

  override _read(): void {
    this.push(this.#next);
    this.#next += 1;
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    void Promise.all([turn(), turn()]).then(() => callback(error));
  }
}

type Make = () => Readable;

const stages: Record<string, (make: Make) => unknown> = {
  'that flatMap has made': (make) => flatMap(make),
  'that flatMap has promised': (make) => flatMap(async () => make()),
  'that a function stage has made': (make) => () => make(),
};
const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown>;

describe('a stream', () => {
  noUnhandled();

  for (const [which, stage] of Object.entries(stages)) {
    it(`${which} gives its items`, async () => {
      const make = () => Readable.from([1, undefined, 2]);
      expect(await anyPipeline(['a'], stage(make), toArray())).to.deep.equal([1, undefined, 2]);
    });

    it(`${which} is closed before the run settles`, async () => {
      const stream = new SlowToClose();
      const items = await anyPipeline(
        ['a'],
        stage(() => stream),
        take(2),
        toArray(),
      );
      expect(items).to.deep.equal([0, 1]);
      expect(stream.closed).to.equal(true);
    });

    it(`${which} is closed when the run is aborted while it is silent`, async () => {
      const stream = never();
      const controller = new AbortController();
      const run = anyPipeline(
        ['a'],
        stage(() => stream),
        drain(),
        { signal: controller.signal },
      );
      await turn();
      controller.abort();
      expect(await run.catch((error: unknown) => error)).to.have.property('name', 'AbortError');
      expect(stream.closed).to.equal(true);
    });

    it(`${which} fails the stage by name, with its error as the cause`, async () => {
      const cause = new Error('on purpose');
      const make = () =>
        new Readable({
          read() {
            this.destroy(cause);
          },
        });
      const error = await stageFailure(anyPipeline(['a'], stage(make), drain()));
      expect(error).to.have.property('cause', cause);
    });
  }

  it('of the web that flatMap has made is cancelled before the run settles', async () => {
    let cancelled = false;
    const make = () =>
      new ReadableStream<number>({
        pull: (controller) => controller.enqueue(1),
        cancel: async () => {
          await turn();
          cancelled = true;
        },
      });
    expect(await pipeline(['a'], flatMap(make), take(2), toArray())).to.deep.equal([1, 1]);
    expect(cancelled).to.equal(true);
  });
});
