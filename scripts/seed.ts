/** The five systems of the seed page, on the public API alone. `npm run --silent seed -- 7` prints cell 7. */
import {
  broadcast,
  compose,
  forEach,
  from,
  map,
  type Producer,
  pull,
  push,
  range,
  type TraceEvent,
  zip,
} from '../lib/index.js';

const log = (line: string): void => console.log(line);

/** The seed's stages print when they yield. Here a trace prints that line for each stage. */
const yields = ({ stage, kind }: TraceEvent): void => {
  if (kind === 'emit' && stage.name.startsWith('stage')) log(`${stage.name} yield`);
};

/** In a push pipeline, a stage "yields" when it is ready for its next item, and "sends" when it emits one. */
const sends = ({ stage, kind }: TraceEvent): void => {
  if (!stage.name.startsWith('stage')) return;
  if (kind === 'ready') log(`${stage.name} yield`);
  if (kind === 'emit')
    log(stage.name === 'stage broadcast' ? 'stage broadcasting' : `${stage.name} send`);
};

const numbers = (limit: number) => range(0, limit + 1, { name: 'stage 1' });
const labels = (limit: number) =>
  from(
    Array.from({ length: limit + 1 }, (_, x) => `(x = ${x})`),
    { name: 'stage 1a' },
  );
const square = (name: string) => map((x: number) => x * x, { name });
const increment = (name: string) => map((x: number) => x + 1, { name });
const consumer = (prefix: string) =>
  forEach(
    (x: number) => {
      log(`${prefix} ${x}`);
      return 'Consumed';
    },
    { name: 'stage consumer' },
  );

async function produce<A>(producer: Producer<number, A, unknown>, limit: number): Promise<void> {
  for (let x = 0; x <= limit; x += 1) {
    log('stage producer send');
    log(`return value from producer send = ${await producer.send(x)}`);
  }
  await producer.close();
}

const cells: Record<string, () => Promise<void> | void> = {
  /** A pull pipeline: each item passes all stages before the next one is read. */
  3() {
    for (const x of pull(numbers(10), square('stage 2'), increment('stage 3'), { trace: yields })) {
      log(`x^2 + 1 = ${x}`);
    }
  },

  /** The same with inline lambdas. */
  4() {
    const results = pull(
      range(0, 10),
      map((x) => x * x),
      map((x) => x + 1),
    );
    for (const x of results) log(`x^2 + 1 = ${x}`);
  },

  /** Joins two sources: zip. */
  5() {
    const joined = zip(compose(numbers(10), square('stage 2')), labels(10));
    const label = map(([x, text]: [number, string]) => `${x + 1} ${text}`, { name: 'stage 3' });
    for (const line of pull(joined, label, { trace: yields })) log(`x^2 + 1 = ${line}`);
  },

  /** A push pipeline: each `send` resolves to the consumer's answer. */
  async 7() {
    log('push data data through the pipeline by calling producer');
    const stages = [square('stage 1'), increment('stage 2')] as const;
    await produce(push(...stages, consumer('x^2 + 1 ='), { trace: sends }), 10);
  },

  /** Two sinks: broadcast, which makes one answer for both. */
  async 8() {
    log('again push data data through the pipeline by calling producer');
    const consumers = [consumer('consumer1: x^2 + 1 ='), consumer('consumer2: x^2 + 1 =')] as const;
    const both = broadcast(...consumers, { name: 'stage broadcast', answer: () => 'Broadcasting' });
    await produce(push(square('stage 1'), increment('stage 2'), both, { trace: sends }), 10);
  },
};

const [wanted] = process.argv.slice(2);
if (wanted === undefined) {
  for (const [cell, run] of Object.entries(cells)) {
    log(`# Cell ${cell}`);
    await run();
  }
} else if (cells[wanted]) await cells[wanted]();
else {
  console.error(`seed: no cell ${wanted}; there are ${Object.keys(cells).join(', ')}`);
  process.exitCode = 2;
}
