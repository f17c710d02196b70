import { expect } from 'chai';
import { program } from '../../helpers/program.js';

const use = `
  const { balance, batch, branch, broadcast, buffer, compose, concat, deadLetter, delay, drain, flatMap, forEach, from, generate, groupBy, hub, join, map, merge, mergeSorted, partition, pipeline, push, range, sort, take, tee, toArray, zip } = sluice;
  const { PassThrough, Readable, Transform, Writable } = stream;
  const never = () => new Promise(() => {});
`;
const HEADING = 'sluice: a run can never settle, as nothing is left that could wake it:';
/** Node's exit code for a top-level await that never settles. */
const UNSETTLED = 13;

const hanging: Record<string, readonly [body: string, ...lines: string[]]> = {
  'the callback of a stage': [
    `pipeline(range(0, 9), batch(2), map(([x]) => (x === 4 ? never() : x), { name: 'slow' }), drain())`,
    'slow (stage 2) waits for what its callback has promised, for T s',
  ],
  'the callback of a stage, behind one that holds items': [
    `pipeline(async function* () { yield 1; yield 2; await never(); }, batch(9), drain())`,
    'function (stage 0) waits for its iterator to give the next item, for T s',
    'batch (stage 1) holds 2 items',
  ],
  'the callback of a sink': [
    `pipeline(range(0, 9), forEach(never))`,
    'forEach(never) (stage 1) waits for what its callback has promised, for T s',
  ],
  'a silent stream': [
    `pipeline(new Readable({ read() {} }), drain())`,
    'Readable (stage 0) waits for the stream to give something, for T s',
  ],
  'a stream that takes no more': [
    `pipeline(range(0, 99), new Writable({ objectMode: true, write() {} }))`,
    'Writable (stage 1) waits for the stream to take more, for T s, holds 16 items',
  ],
  'a stream that takes no more bytes': [
    `pipeline(['abc'], new Writable({ highWaterMark: 2, write() {} }))`,
    'Writable (stage 1) waits for the stream to take more, for T s, holds 3 bytes',
  ],
  'a duplex stream in the middle': [
    `pipeline(range(0, 99), new Transform({ objectMode: true, transform() {} }), drain())`,
    'Transform (stage 1) waits for the stream to give something, for T s',
    'Transform (stage 1) waits for the stream to take more, for T s, holds 16 items',
  ],
  'a function stage': [
    `pipeline(range(0, 9), async function* mine(items) { for await (const x of items) yield await never(); }, drain())`,
    'mine (stage 1) waits for what the function awaits, for T s',
  ],
  'a function at the end': [
    `pipeline(range(0, 9), async function mine(items) { for await (const x of items) await never(); })`,
    'mine (stage 1) waits for the function to ask for an item, for T s',
  ],
  'a function at the end that has read everything': [
    `pipeline([], async function mine(items) { for await (const x of items); await never(); })`,
    'mine (stage 1) waits for its result, for T s',
  ],
  'what flatMap has made': [
    `pipeline([1], flatMap(async function* () { yield 1; await never(); }), drain())`,
    'flatMap (stage 1) waits for its iterator to give the next item, for T s',
  ],
  'one source of zip': [
    `pipeline(zip([1, 2], [never()]), drain())`,
    'from (stage 0 of input 1 of zip, stage 0) waits for a promise among its items, for T s',
    'zip (stage 0) holds 1 item',
  ],
  'a source that does not close': [
    `pipeline(async function* () { try { for (;;) yield 1; } finally { await never(); } }, take(1), drain())`,
    'function (stage 0) waits for its cleanup, for T s',
  ],
  'one branch of a broadcast': [
    `pipeline(range(0, 99), broadcast(drain(), forEach(never)))`,
    'broadcast (stage 1) waits for its branch 1 (forEach(never)) to take what it lies behind, for T s',
    'branch (stage 0 of branch 1 of broadcast, stage 1) holds 64 items',
    'forEach(never) (stage 1 of branch 1 of broadcast, stage 1) waits for what its callback has promised, for T s',
  ],
  'branches of a tee that meet behind a function': [
    `(([left, right]) => {
      const few = async function* few(items) { for await (const x of items) if (x % 50 === 0) yield x; };
      return pipeline(zip(compose(left, few), right), drain());
    })(tee(range(0, 999)))`,
    'tee (stage 0 of input 0 of zip, stage 0) waits for branch 1, which lies 16 behind, for T s',
    'few (stage 1 of input 0 of zip, stage 0) waits for an item to read, for T s',
    'tee (stage 0 of input 1 of zip, stage 0) holds 16 items',
    'zip (stage 0) holds 1 item',
  ],
  'branches of a tee that meet behind a duplex stream': [
    `(([left, right]) => {
      let count = 0;
      const few = new Transform({ objectMode: true, transform(x, _, done) { count += 1; done(null, count % 50 === 1 ? x : undefined); } });
      return pipeline(zip(compose(left, few), right), drain());
    })(tee(range(0, 999)))`,
    'tee (stage 0 of input 0 of zip, stage 0) waits for branch 1, which lies 16 behind, for T s',
    'Transform (stage 1 of input 0 of zip, stage 0) waits for the stream to give something, for T s',
    'tee (stage 0 of input 1 of zip, stage 0) holds 16 items',
    'zip (stage 0) holds 1 item',
  ],
  'the source of a tee': [
    `(([left, right]) => pipeline(zip(left, right), drain()))(tee(async function* mine() { await never(); }))`,
    'mine (stage 0 of input 0 of tee, stage 0 of input 0 of zip, stage 0) waits for its iterator to give the next item, 2 times, for T s',
  ],
  'a branch of a tee that another run does not read': [
    `(([left]) => pipeline(left, drain()))(tee(range(0, 99)))`,
    'tee (stage 0) waits for branch 1, which lies 16 behind, for T s',
  ],
  'several calls of one stage': [
    `pipeline(range(0, 9), map((x) => (x === 2 ? x : never()), { concurrency: 4 }), drain())`,
    'map (stage 1) waits for what its callback has promised, 4 times, for T s',
    'map (stage 1) holds 1 item',
  ],
  'what flatMap has made, several times over': [
    `pipeline(range(0, 9), flatMap(() => new Readable({ read() {} }), { concurrency: 2 }), drain())`,
    'flatMap (stage 1) waits for the stream to give something, 2 times, for T s',
  ],
  'a key': [
    `pipeline(range(0, 9), sort({ by: never }), drain())`,
    'sort (stage 1) waits for what its callback has promised, for T s',
  ],
  'what generate calls': [
    `pipeline(generate(0, never), drain())`,
    'generate(never) (stage 0) waits for what its callback has promised, for T s',
  ],
  'one side of a sorted join': [
    `pipeline(join([1, 2], async function* () { yield 1; await never(); }, { on: (x) => x, strategy: 'sorted' }), drain())`,
    'function (stage 0 of input 1 of join, stage 0) waits for its iterator to give the next item, for T s',
    'join (stage 0) holds 2 items',
  ],
  'what flatMap has made, before others that have an item': [
    `pipeline([0, 1, 2], flatMap(async function* (x) { if (x === 0) await never(); yield x; yield x; }, { concurrency: 3 }), drain())`,
    'flatMap (stage 1) waits for its iterator to give the next item, for T s',
    'flatMap (stage 1) holds 2 items',
  ],
  'one side of a join': [
    `pipeline(join([1, 2], async function* () { yield 1; await never(); }, { on: (x) => x }), drain())`,
    'function (stage 0 of input 1 of join, stage 0) waits for its iterator to give the next item, for T s',
    'join (stage 0) holds 1 item',
  ],
  'one source of mergeSorted': [
    `pipeline(mergeSorted([1, 2], [never()]), drain())`,
    'from (stage 0 of input 1 of mergeSorted, stage 0) waits for a promise among its items, for T s',
    'mergeSorted (stage 0) holds 1 item',
  ],
  'a sink behind a buffer': [
    `pipeline(range(0, 9), buffer({ size: 4 }), forEach(never))`,
    'buffer (stage 1) holds 4 items',
    'forEach(never) (stage 2) waits for what its callback has promised, for T s',
  ],
  'a dead letter': [
    `pipeline(range(0, 9), map((x) => { throw x; }, { onError: deadLetter(forEach(never), { buffer: 2 }) }), drain())`,
    'map (stage 1) waits for what its callback has promised, for T s',
    HEADING,
    'deadLetter (stage 0 of the dead letter of map, stage 1) holds 2 items',
    'forEach(never) (stage 1 of the dead letter of map, stage 1) waits for what its callback has promised, for T s',
  ],
  'a group': [
    `pipeline(range(0, 99), groupBy((x) => x % 2, (key) => (key ? forEach(never) : drain())))`,
    'groupBy (stage 1) waits for its branch 1 (forEach(never)) to take what it lies behind, for T s, holds 1 item',
    'branch (stage 0 of branch 1 of groupBy, stage 1) holds 16 items',
    'forEach(never) (stage 1 of branch 1 of groupBy, stage 1) waits for what its callback has promised, for T s',
  ],
  'a route': [
    `pipeline(range(0, 9), partition(never, drain(), drain()))`,
    'partition(never) (stage 1) waits for what is to say who gets the item, for T s',
  ],
  'branches that balance gives items to': [
    `pipeline(range(0, 9), balance(forEach(never), forEach(never)))`,
    'balance (stage 1) waits for a branch that wants an item, for T s',
    'forEach(never) (stage 1 of branch 0 of balance, stage 1) waits for what its callback has promised, for T s',
    'forEach(never) (stage 1 of branch 1 of balance, stage 1) waits for what its callback has promised, for T s',
  ],
  'a branch to join a hub': [
    `pipeline(range(0, 9), hub())`,
    'hub (stage 1) waits for a branch to join, for T s, holds 1 item',
  ],
  'a hub to be used, whose branch has a result to tell': [
    `hub().join(toArray()).result`,
    'hub (stage 0) waits for a run that it is part of, for T s',
  ],
  'a hub to be used, which a branch has left': [
    `hub({ name: 'mine' }).join(toArray()).leave()`,
    'mine (stage 0) waits for a run that it is part of, for T s',
  ],
  'a hub that a refused call has taken': [
    `((all) => { const { result } = all.join(toArray()); pipeline(1, all).catch(() => {}); return result; })(hub())`,
    'hub (stage 0) waits for a run that it is part of, for T s',
  ],
  'a web stream': [
    `pipeline(new ReadableStream({}), drain())`,
    'ReadableStream (stage 0) waits for the stream to give something, for T s',
  ],
  'the cleanup of a run that has failed': [
    `pipeline(async function* mine() { try { for (;;) yield 1; } finally { await never(); } }, map(() => { throw new Error(); }), drain())`,
    'mine (stage 0) waits for its cleanup, for T s',
  ],
  'a send that a stage holds': [
    `((producer) => [producer, producer.send(1)])(push(batch(2), () => {}))`,
    'producer (stage 0) waits for an item, for T s',
    'batch (stage 1) holds 1 item',
  ],
  'a send whose consumer does not answer': [
    `((producer) => [producer, producer.send(1)])(push(never))`,
    'never (stage 1) waits for what its callback has promised, for T s',
  ],
};

/** Runs that must not be reported. */
const idle = [
  `hub().join(toArray())`,
  `((all) => { all.join(toArray()).result; return pipeline([1], all); })(hub())`,
  `((all) => { all.join(toArray()).result; all.destroy(); })(hub())`,
];

const inNodes =
  'stream.promises.pipeline([1, 2], map(never), new PassThrough({ objectMode: true }))';

/** What a program says of its runs when it ends; times without their figures. */
async function said(bodies: readonly string[]): Promise<string[]> {
  // Keeps the runs from being collected before the end.
  const { stderr, code } = await program(`${use} globalThis.kept = [${bodies}]; await never();`);
  expect(code).to.equal(UNSETTLED);
  const lines = stderr.split('\n').filter((line) => line === HEADING || line.includes('(stage '));
  return lines.map((line) => line.trim().replace(/for \d+\.\d s/, 'for T s'));
}

describe('a process that ends while a run has not settled', () => {
  /** One program has all of them: runs are reported in the order in which they were begun. */
  let all: string[];

  before(async () => {
    all = await said(Object.values(hanging).map(([body]) => body));
  });

  let end = 0;
  for (const [what, [, ...lines]] of Object.entries(hanging)) {
    const begin = end;
    end += lines.length + 1;
    const report = [begin, end] as const;
    it(`says that it waits for ${what}`, () => {
      expect(all.slice(...report)).to.deep.equal([HEADING, ...lines]);
    });
  }

  it('says nothing else', () => {
    expect(all.slice(end)).to.deep.equal([]);
  });

  it('says nothing of a hub that no run waits for, or that has come to its end', async () => {
    expect(await said(idle)).to.deep.equal([]);
  });

  it('says of each for how long, though others have begun and settled since', async () => {
    const body = `
      const stalls = [], pass = () => new Promise((done) => setTimeout(done, 40));
      pipeline(merge([never()], async function* later() { yield 1; await pass(); }), drain(), { onStall: (stall) => stalls.push(stall) });
      pipeline([0, 1, 2], map((x) => (x ? pass() : never()), { concurrency: 2 }), drain(), { onStall: (stall) => stalls.push(stall) });
      process.on('exit', () => console.log(JSON.stringify(stalls.map(({ stages }) => stages[0].forMs >= 35))))`;
    const { stdout } = await program(`${use} ${body}`);
    expect(JSON.parse(stdout)).to.deep.equal([true, true]);
  });

  it("says so of a stage in Node's own pipeline, and leaves the exit code to Node", async () => {
    expect(await said([inNodes])).to.deep.equal([
      HEADING,
      'map(never) (stage 1) waits for what its callback has promised, for T s',
    ]);
  });
});
