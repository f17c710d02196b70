import { expect } from 'chai';
import type { TraceEvent } from '../../../lib/core/protocol/run-options.js';
import { batch } from '../../../lib/operators/batch.js';
import { filter } from '../../../lib/operators/filter.js';
import { map } from '../../../lib/operators/map.js';
import { take } from '../../../lib/operators/take.js';
import { push } from '../../../lib/push/push.js';
import { first } from '../../../lib/sinks/first.js';
import { forEach } from '../../../lib/sinks/for-each.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { range } from '../../../lib/sources/range.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { pull } from '../../../lib/streams/pull.js';
import { refuses } from '../../helpers/refuses.js';
import { rejection } from '../../helpers/rejection.js';

/** Notes what a run traces. */
class Noted {
  readonly #events: string[] = [];
  readonly options = {
    trace: ({ stage, kind }: TraceEvent): void => {
      this.#events.push(`${stage.name} ${stage.position} ${kind}`);
    },
  };

  /** What has come since this was asked last. */
  get events(): string[] {
    return this.#events.splice(0);
  }
}

const double = () => map((x: number) => x * 2, { name: 'double' });
const later = () => map(async (x: number) => x * 2, { name: 'double' });
const broken = () =>
  map(
    (): number => {
      throw new Error('broken on purpose');
    },
    { name: 'broken' },
  );

describe('trace', () => {
  it('of pull reports each thing when it happens, and nothing before it is asked for', () => {
    const noted = new Noted();
    const items = pull(range(0, 1), double(), noted.options);
    expect(noted.events).to.deep.equal([]);
    items.next();
    expect(noted.events).to.deep.equal(['double 1 ready', 'range 0 emit', 'double 1 emit']);
    items.next();
    expect(noted.events).to.deep.equal(['double 1 ready', 'range 0 end', 'double 1 end']);
    items.next();
    expect(noted.events).to.deep.equal([]);
  });

  for (const [how, stage] of [
    ['that answers', double],
    ['that has to wait', later],
  ] as const) {
    it(`of a pipeline with a stage ${how} reports every step from the sink upward and back down`, async () => {
      const noted = new Noted();
      await pipeline(range(0, 2), stage(), toArray(), noted.options);
      const item = ['toArray 2 ready', 'double 1 ready', 'range 0 emit', 'double 1 emit'];
      expect(noted.events).to.deep.equal([
        ...item,
        ...item,
        'toArray 2 ready',
        'double 1 ready',
        'range 0 end',
        'double 1 end',
        'toArray 2 end',
      ]);
    });
  }

  it('reports that a stage is ready again when it drops an item', async () => {
    const noted = new Noted();
    await pipeline(
      range(0, 2),
      filter((x) => x === 1),
      toArray(),
      noted.options,
    );
    expect(noted.events.slice(0, 6)).to.deep.equal([
      'toArray 2 ready',
      'filter 1 ready',
      'range 0 emit',
      'filter 1 ready',
      'range 0 emit',
      'filter 1 emit',
    ]);
  });

  it('reports that a stage ends before its input does', async () => {
    const noted = new Noted();
    await pipeline(range(0, 9), take(1), toArray(), noted.options);
    expect(noted.events).to.deep.equal([
      'toArray 2 ready',
      'take 1 ready',
      'range 0 emit',
      'take 1 emit',
      'toArray 2 ready',
      'take 1 end',
      'toArray 2 end',
    ]);
  });

  it('reports a failure on its way through the stages', async () => {
    const noted = new Noted();
    await rejection(pipeline(range(0, 9), broken(), double(), toArray(), noted.options));
    expect(noted.events.slice(-4)).to.deep.equal([
      'range 0 emit',
      'broken 1 fail',
      'double 2 fail',
      'toArray 3 fail',
    ]);
  });

  it('of push reports, within the call, that everything is primed, and each send as it happens', async () => {
    const noted = new Noted();
    const consumer = (items: number[]) => items.length;
    const producer = push(double(), batch(2), consumer, noted.options);
    const primed = ['batch 2 ready', 'double 1 ready'];
    expect(noted.events).to.deep.equal(['consumer 3 ready', ...primed]);
    const first = producer.send(1);
    expect(noted.events).to.deep.equal(['producer 0 emit', 'double 1 emit', ...primed]);
    const second = producer.send(2);
    expect(noted.events).to.deep.equal([
      'producer 0 emit',
      'double 1 emit',
      'batch 2 emit',
      'consumer 3 ready',
      ...primed,
    ]);
    expect(await Promise.all([first, second])).to.deep.equal([2, 2]);
    await producer.close();
    expect(noted.events).to.deep.equal([
      'producer 0 end',
      'double 1 end',
      'batch 2 end',
      'consumer 3 end',
    ]);
  });

  it('reports that a sink ends when it has what it needs', async () => {
    const noted = new Noted();
    await pipeline(range(0, 9), first(), noted.options);
    expect(noted.events).to.deep.equal(['first 1 ready', 'range 0 emit', 'first 1 end']);
  });

  it('reports the failure of a sink, once', async () => {
    const noted = new Noted();
    const sink = forEach(
      () => {
        throw new Error('broken on purpose');
      },
      { name: 'broken' },
    );
    await rejection(pipeline(range(0, 9), sink, noted.options));
    expect(noted.events).to.deep.equal(['broken 1 ready', 'range 0 emit', 'broken 1 fail']);
  });

  it('can be left out, or undefined', async () => {
    const run = () => pipeline(range(0, 2), double(), toArray(), { trace: undefined });
    expect(await run()).to.deep.equal([0, 2]);
  });

  it('gets nothing of a run that is not its own', async () => {
    const noted = new Noted();
    const items = pull(range(0, 1), double(), noted.options);
    expect(await pipeline(range(0, 2), double(), toArray())).to.deep.equal([0, 2]);
    expect(noted.events).to.deep.equal([]);
    expect([...items]).to.deep.equal([0]);
    expect(noted.events).to.have.length(6);
  });

  const wrong = { trace: 'yes' as never };
  const message = (who: string) => `${who}: trace must be a function, got string`;
  refuses('of pull must be a function', () => pull(range(0, 1), wrong), message('pull'));
  refuses('of push must be a function', () => push(double(), () => {}, wrong), message('push'));

  it('of a pipeline must be a function', async () => {
    const error = await rejection(pipeline(range(0, 1), toArray(), wrong));
    expect(error).to.have.property('message', message('pipeline'));
  });
});
