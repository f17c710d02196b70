import { setImmediate as turn } from 'node:timers/promises';
import {
  balance,
  broadcast,
  compose,
  drain,
  flatMap,
  forEach,
  from,
  generate,
  groupBy,
  map,
  merge,
  partition,
  pipeline,
  race,
  type Sink,
  type Source,
  tee,
  zip,
} from '../../../lib/index.js';
import { Ending } from '../ending.js';
import type { Place } from '../place.js';

async function* slowly(): AsyncGenerator<number> {
  for (let item = 0; ; item += 1) {
    if (item % 4 === 3) await turn();
    yield item;
  }
}

async function later<T>(item: T): Promise<T> {
  await turn();
  return item;
}

const counting = () => generate(0, (item) => item + 1);
const pausing = () => generate(0, (item) => later(item + 1));

const first = <T>(pairs: Source<readonly T[]>): Source<T> =>
  compose(
    pairs,
    map(([item]) => item as T),
  );

const sources: [() => Source<number>, ...(() => Source<number>)[]] = [
  pausing,
  () => from(slowly()),
  () => merge(pausing(), slowly()),
  () => race(slowly(), pausing()),
  () => first(zip(slowly(), counting())),
  () => first(zip(...tee(pausing()))),
  () => compose(pausing(), map(later<number>, { concurrency: 4, order: 'completion' })),
  () =>
    compose(
      pausing(),
      flatMap((item) => from([item, item]), { concurrency: 3 }),
    ),
];

const slow = () => forEach(later<number>);

const sinks: [() => Sink<number, unknown>, ...(() => Sink<number, unknown>)[]] = [
  drain,
  slow,
  () => broadcast(slow(), drain<number>()),
  () => balance(slow(), slow()),
  () => partition((item: number) => item % 2 === 0, slow(), drain()),
  () => groupBy((item: number) => item % 5, slow),
];

/** An endless pipeline: it ends early, fails, is stopped or aborted. */
export async function endless(place: Place): Promise<void> {
  const { random } = place;
  const ending = new Ending(place, 60, { endless: true });
  const [source, sink] = [random.from(sources)(), random.from(sinks)()];
  await ending.of(pipeline(source, ending.gate(), sink, ending.options));
}
