import { Duplex, Readable, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  AbortError,
  broadcast,
  compose,
  drain,
  flatMap,
  forEach,
  map,
  pipeline,
  StageError,
  zip,
} from '../../lib/index.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

const cause = new Error('the root cause');

const failAt = (x: number) => {
  if (x === 3) throw cause;
  return x;
};
const failsToClose = function* failsToClose() {
  try {
    for (let x = 0; ; x += 1) yield x;
  } finally {
    refuse();
  }
};
const failsToCloseLater = async function* failsToClose() {
  try {
    for (let x = 0; ; x += 1) yield x;
  } finally {
    await turn();
    refuse();
  }
};
let refused = 0;
const refuse = (): never => {
  refused += 1;
  throw new Error(`refused ${refused}`);
};

const messagesOf = (error: unknown): unknown[] =>
  ((error as { suppressed?: unknown[] }).suppressed ?? []).map((each) =>
    each instanceof StageError ? (each.cause as Error).message : (each as Error).message,
  );

describe('trap: a later error that hides the first', () => {
  noUnhandled();
  beforeEach(() => {
    refused = 0;
  });

  for (const source of [failsToClose, failsToCloseLater]) {
    it(`is suppressed: the finally of ${source === failsToClose ? 'a' : 'an async'} generator`, async () => {
      const error = await rejection(pipeline(source, map(failAt), drain()));
      expect(error).to.have.property('cause', cause);
      expect(messagesOf(error)).to.deep.equal(['refused 1']);
      expect(error).to.have.nested.property('suppressed[0].stage.name', 'failsToClose');
    });

    it('is the error when there was none before', async () => {
      const error = await rejection(
        pipeline(
          source,
          forEach(() => turn()),
          stopped(),
        ),
      );
      expect(error).to.have.nested.property('cause.message', 'refused 1');
      expect(error).to.not.have.property('suppressed');
    });
  }
  const stopped = () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    return { stop: controller.signal };
  };

  it('is suppressed: the finally of both sources of zip, and of what flatMap makes', async () => {
    const rows = zip(failsToClose, failsToCloseLater);
    const spread = compose(
      rows,
      flatMap(function* spread([x]) {
        try {
          yield x;
          yield x;
        } finally {
          if (x === 3) refuse();
        }
      }),
    );
    const error = await rejection(pipeline(spread, map(failAt), drain()));
    expect(error).to.have.property('cause', cause);
    expect(messagesOf(error)).to.have.members(['refused 1', 'refused 2', 'refused 3']);
  });

  it('is suppressed: what closing a stage function or an async function comes to', async () => {
    const stage = async function* stage(items: AsyncIterable<number>) {
      try {
        yield* items;
      } finally {
        await turn();
        refuse();
      }
    };
    const error = await rejection(pipeline(failsToClose, stage, map(failAt), drain()));
    expect(error).to.have.property('cause', cause);
    expect(messagesOf(error)).to.have.members(['refused 1', 'refused 2']);
    const reader = async (items: AsyncIterable<number>) => {
      try {
        for await (const _item of items);
      } finally {
        refuse();
      }
    };
    const second = await rejection(pipeline([1, 2, 3], map(failAt), reader));
    expect(second).to.have.property('cause', cause);
    expect(messagesOf(second)).to.deep.equal(['refused 3']);
  });

  it('is suppressed: what an abort makes others fail with', async () => {
    const controller = new AbortController();
    const run = pipeline(
      failsToCloseLater,
      forEach(() => turn()),
      { signal: controller.signal },
    );
    setImmediate(() => controller.abort(cause));
    const error = await rejection(run);
    expect(error).to.be.instanceOf(AbortError).with.property('cause', cause);
    expect(messagesOf(error)).to.deep.equal(['refused 1']);
  });

  it('does not include the first itself, however many ways it is heard of', async () => {
    const stream = new Writable({ objectMode: true, write: (_x, _e, done) => done() });
    const reader = async (items: AsyncIterable<number>) => {
      for await (const _item of items);
    };
    const passing = async function* (items: AsyncIterable<number>) {
      yield* items;
    };
    const sink = broadcast(stream, reader, compose(passing, drain()));
    const error = await rejection(pipeline([1, 2, 3], map(failAt), passing, sink));
    expect(error).to.have.property('cause', cause);
    expect(error).to.not.have.property('suppressed');
  });

  it('is not added to an error of a user: the error of a stream stays unchanged', async () => {
    const code = Object.assign(new Error('no such thing'), { code: 'ENOENT' });
    const broken = {
      source: () =>
        new Readable({ objectMode: true, read: () => void broken.stream.destroy(code) }),
      duplex: () =>
        new Duplex({
          objectMode: true,
          read: () => {},
          write: (_x, _e, done) => done(code),
        }),
      sink: () => new Writable({ objectMode: true, write: (_x, _e, done) => done(code) }),
      stream: new Readable(),
    };
    broken.stream = broken.source();
    const runs = [
      pipeline(broken.stream, map(failAt), drain()),
      pipeline(failsToClose, broken.duplex(), drain()),
      pipeline(failsToClose, map(String), broken.sink()),
    ];
    for (const run of runs) expect(await rejection(run)).to.equal(code);
    expect(code).to.have.property('suppressed').with.lengthOf(2);
  });

  it('can not be noted on what is frozen or no error, which then stays alone', async () => {
    const frozen = Object.freeze(new Error('frozen'));
    const stream = new Writable({ objectMode: true, write: (_x, _e, done) => done(frozen) });
    expect(await rejection(pipeline(failsToClose, stream))).to.equal(frozen);
  });
});
