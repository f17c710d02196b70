import { Readable, Writable } from 'node:stream';
import { Deferred } from '../../../lib/core/base/deferred.js';
import { destroyNow } from './destroy-now.js';
import type { Engine } from './engines.js';
import { failure } from './failure.js';
import { rows } from './feeds.js';
import { type Kind, type Part, part, type Role } from './kind.js';
import type { Scenario } from './scenarios.js';
import { settles, ticks } from './settles.js';
import { type Fate, Watch } from './watch.js';

/** How a run went. */
export interface Outcome {
  /** `resolved`, `pending`, or the name of the error. */
  readonly end: string;
  /** By the place of the stream. */
  readonly fates: Readonly<Record<Role, Fate | undefined>>;
  /** How many bytes have come to the end. */
  readonly received: number;
}

/** After this, something is on its way, even if nothing comes out. */
const UNDER_WAY_TICKS = 5;
const CLOSING_TICKS = 3;
const ENOUGH = 3;

const ignore = (): void => {};

/** Runs a scenario with streams of its own, and tells how it went once everything has had time to close. */
export async function runScenario(
  kind: Kind,
  role: Role,
  scenario: Scenario,
  engine: Engine,
): Promise<Outcome> {
  const { short, long } = kind.feed ?? rows;
  const chunks = scenario.isLong ? long() : short();
  const underWay = new Deferred<void>();
  const feed = feedOf(chunks, underWay, scenario.fails === 'source');
  const end = endOf(underWay, scenario.fails === 'sink');
  const own = role === 'source' ? await kind.source?.(chunks) : await kind[role]?.();
  if (!own) throw new Error(`${kind.name} can't be a ${role}`);
  await scenario.before?.(own);
  const placed: Record<Role, Part | undefined> = { source: feed, middle: undefined, sink: end };
  placed[role] = own;
  const watches = Object.entries(placed).map(
    ([at, each]) => [at, each && new Watch(each)] as const,
  );
  const line = [placed.source, placed.middle].flatMap((each) => (each ? [each.stream] : []));
  const between = scenario.between?.(engine);
  const controller = new AbortController();
  const parts = [...line, ...(between ? [between] : []), placed.sink?.stream];
  const settled = settles(engine.run(parts, controller.signal));
  if (scenario.during) {
    const { during } = scenario;
    void Promise.race([underWay.promise, ticks(UNDER_WAY_TICKS)]).then(() =>
      during(own, controller),
    );
  }
  const how = await settled;
  await ticks(CLOSING_TICKS);
  const fates = await Promise.all(watches.map(async ([at, each]) => [at, await each?.fate()]));
  const received = (role === 'sink' ? own : end).received?.() ?? 0;
  for (const each of [own, feed, end]) abandon(each);
  await own.free?.();
  return { end: how, fates: Object.fromEntries(fates), received };
}

/** Whatever has become of it, nothing of it may stay for the tests that follow. */
function abandon({ stream }: Part): void {
  if (typeof (stream as Partial<Readable>).on === 'function')
    (stream as Readable).on('error', ignore);
  destroyNow(stream);
}

function feedOf(chunks: Iterable<Buffer>, underWay: Deferred<void>, fails: boolean): Part {
  const iterator = chunks[Symbol.iterator]();
  let given = 0;
  const read = function (this: Readable): void {
    given += 1;
    if (given > ENOUGH) underWay.resolve();
    if (fails && given === ENOUGH) return void this.destroy(failure);
    const { value, done } = iterator.next();
    // A source of bytes that pushes at once would go on until it is full, before anything else can happen.
    setImmediate(() => this.push(done ? null : value));
  };
  return part(new Readable({ read, highWaterMark: 1 }));
}

function endOf(underWay: Deferred<void>, fails: boolean): Part {
  let bytes = 0;
  let taken = 0;
  const stream = new Writable({
    objectMode: true,
    highWaterMark: 1,
    write: (item: Item, _encoding, callback) => {
      taken += 1;
      bytes += item.length ?? 1;
      item.autodrain?.();
      if (taken === ENOUGH) underWay.resolve();
      setImmediate(() => callback(fails ? failure : null));
    },
  });
  return { stream, received: () => bytes };
}

/** Bytes, text, a record, or an entry of an archive, which waits until it is read. */
interface Item {
  readonly length?: number;
  autodrain?(): void;
}
