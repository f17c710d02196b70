import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { from, pipeline, type Sink, StageError } from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { Life } from '../helpers/life.js';
import { listeners } from '../helpers/listeners.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';
import { sinkPolicyContract } from './sink-policy-contract.js';
import type { Callback, Policies } from './subject.js';

/** What the suite has to know of a sink. */
export interface SinkSpec {
  /** What comes of the numbers from 0 to 4. */
  readonly result: unknown;
  /** What comes of nothing. */
  readonly empty: unknown;
  /** It has its result after that many of these numbers, and takes no more. */
  readonly enough?: number;
  readonly callback?: SinkCallbackSpec;
}

export interface SinkCallbackSpec {
  readonly make: (fn: Callback, options?: Policies) => Sink<number, unknown>;
  /** What the callback answers so that it is called with the next item too. */
  readonly goOn: unknown;
  /** The sink's own name, if the suite's is another. */
  readonly operator?: string;
}

const numbers = [0, 1, 2, 3, 4];

/** What is true of every sink, whatever it makes of its items. */
export function sinkConformance(
  name: string,
  make: () => Sink<number, unknown>,
  spec: SinkSpec,
): void {
  describe(`${name} is a sink`, () => {
    results(name, make, spec);
    closing(name, make);
    if (spec.enough !== undefined) early(name, make, spec.result, spec.enough);
    if (!spec.callback) return;
    failing(name, spec.callback);
    sinkPolicyContract(name, spec.callback);
  });
}

function results(name: string, make: () => Sink<number, unknown>, spec: SinkSpec): void {
  const ways: Record<string, (items: readonly number[], sink: Sink<number, unknown>) => unknown> = {
    'through pipeline': (items, sink) => pipeline(items, sink),
    "through Node's pipeline": async (items, sink) => {
      await nodeRun([items, sink]);
      return sink.result();
    },
    'through pipe()': (items, sink) => {
      Readable.from(items).pipe(sink);
      return sink.result();
    },
    'through pipeline as a stream that is listened to': (items, sink) => {
      sink.on('error', () => {});
      return pipeline(items, sink);
    },
    'when it is written to': (items, sink) => {
      for (const item of items) sink.write(item);
      sink.end();
      return sink.result();
    },
  };

  for (const [how, run] of Object.entries(ways)) {
    it(`${name} gives its result ${how}`, async () => {
      expect(await run(numbers, make())).to.deep.equal(spec.result);
    });

    it(`${name} gives its result of nothing ${how}`, async () => {
      expect(await run([], make())).to.deep.equal(spec.empty);
    });
  }

  it(`${name} tells its result to whoever asks, before and after`, async () => {
    const sink = make();
    const before = sink.result();
    await nodeRun([numbers, sink]);
    expect([await before, await sink.result()]).to.deep.equal([spec.result, spec.result]);
  });
}

function closing(name: string, make: () => Sink<number, unknown>): void {
  it(`${name} closes once and without an error when it is destroyed, and result() says so`, async () => {
    for (const used of [false, true]) {
      const sink = make();
      const life = new Life(sink);
      const result = rejection(sink.result());
      if (used) sink.write(0);
      sink.destroy();
      sink.destroy();
      expect(await result).to.have.property('code', 'ERR_SLUICE_CLOSED');
      await quiet(() => life.closes);
      expect(life).to.deep.equal({ closes: 1, errors: [] });
    }
  });

  it(`${name} closes once when its input has ended`, async () => {
    const sink = make();
    const life = new Life(sink);
    await nodeRun([numbers, sink]);
    await quiet(() => life.closes);
    expect(life).to.deep.equal({ closes: 1, errors: [] });
  });

  it(`${name} leaves no listener on the stream it reads`, async () => {
    const readable = Readable.from(numbers);
    const before = listeners(readable);
    await pipeline(readable, make());
    expect(listeners(readable)).to.deep.equal(before);
    expect(readable.closed).to.equal(true);
  });

  it(`${name} fails with the error of the stream it reads, as it is`, async () => {
    const cause = new Error('input failed on purpose');
    const broken = new Readable({ objectMode: true, read: () => broken.destroy(cause) });
    expect(await rejection(pipeline(broken, make()))).to.equal(cause);
  });

  it(`${name} refuses null when it is written to, as every Node stream does`, () => {
    const sink = make();
    expect(() => sink.write(null as never))
      .to.throw()
      .with.property('code', 'ERR_STREAM_NULL_VALUES');
    sink.destroy();
  });
}

function early(
  name: string,
  make: () => Sink<number, unknown>,
  result: unknown,
  enough: number,
): void {
  it(`${name} closes its source once it has its result, without asking for one more`, async () => {
    for (const kind of ['items', 'later'] as const) {
      const counted = new Counted();
      expect(await pipeline(counted[kind](), make())).to.deep.equal(result);
      expect(counted).to.deep.include({ asked: enough, closed: true });
    }
  });

  it(`${name} destroys the stream it reads once it has its result`, async () => {
    const counted = new Counted();
    const stream = Readable.from(counted.items());
    expect(await pipeline(stream, make())).to.deep.equal(result);
    expect([stream.closed, counted.closed]).to.deep.equal([true, true]);
  });

  it(`${name} ends a source of ours that never ends in Node's pipeline`, async () => {
    const counted = new Counted();
    const sink = make();
    await nodeRun([from(counted.items()), sink]);
    expect(await sink.result()).to.deep.equal(result);
    expect(await quiet(() => counted.closed)).to.equal(true);
  });

  it(`${name} knows its result before its input has ended`, async () => {
    const sink = make();
    for (const item of numbers.slice(0, enough)) sink.write(item);
    expect(await sink.result()).to.deep.equal(result);
    expect(sink.writableEnded).to.equal(false);
    sink.end();
  });
}

function failing(name: string, { make, goOn, operator = name }: SinkCallbackSpec): void {
  const cause = new Error('broken on purpose');
  const ways: Record<string, () => unknown> = {
    throws: () => {
      throw cause;
    },
    rejects: () => turn().then(ways['throws']),
  };

  for (const [how, act] of Object.entries(ways)) {
    const callback = () => {
      let calls = 0;
      return function fails() {
        calls += 1;
        return calls > 1 ? act() : goOn;
      };
    };

    const check = (error: unknown) => {
      expect(error).to.be.instanceOf(StageError).with.property('cause', cause);
      expect(error).to.deep.include({
        stage: { name: `${operator}(fails)`, position: 1 },
        index: 1,
      });
      expect((error as StageError).item).to.equal(1);
    };

    it(`${name} fails by name and closes its source when its callback ${how}`, async () => {
      const counted = new Counted();
      check(await rejection(pipeline(counted.later(), make(callback()))));
      expect(counted.closed).to.equal(true);
    });

    it(`${name} fails by name in Node's pipeline when its callback ${how}`, async () => {
      const counted = new Counted();
      const sink = make(callback());
      const life = new Life(sink);
      const result = rejection(sink.result());
      const error = await rejection(nodeRun([counted.items(), sink]));
      check(error);
      expect(await result).to.equal(error);
      expect(await quiet(() => counted.closed)).to.equal(true);
      expect(life.closes).to.equal(1);
      expect(life.errors).to.have.lengthOf(1).and.include(error);
    });
  }
}
