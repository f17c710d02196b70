import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { lines } from '../../lib/formats/lines.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';

const LINES = 20_000;
const node = (script: string) => spawn(process.execPath, ['-e', script], { stdio: 'pipe' });
const line = () => map((x: unknown) => `${x}\n`);
const sort = () => spawn('sort', ['-n'], { stdio: 'pipe' });

describe('child processes', () => {
  noUnhandled();

  it('have their stdout read and their stdin written', async () => {
    const child = sort();
    const backwards = Array.from({ length: LINES }, (_, x) => LINES - x);
    const [sorted] = await Promise.all([
      pipeline(child.stdout, lines(), map(Number), toArray()),
      pipeline(backwards, line(), child.stdin),
    ]);
    expect(sorted).to.deep.equal(backwards.reverse());
  });

  it('stand in the middle of a pipeline as one duplex stream', async () => {
    const child = sort();
    const both = Duplex.from({ readable: child.stdout, writable: child.stdin }) as Duplex;
    const sorted = await pipeline([3, 1, 2], line(), both, lines(), toArray());
    expect(sorted).to.deep.equal(['1', '2', '3']);
  });

  it('feed each other through stages', async () => {
    const from = node(`for (let x = 0; x < ${LINES}; x += 1) console.log(x)`);
    const to = node(`
      let count = 0;
      process.stdin.on('data', (bytes) => { count += String(bytes).split('\\n').length - 1; });
      process.stdin.on('end', () => console.log(count));
    `);
    const [said] = await Promise.all([
      text(to.stdout),
      pipeline(from.stdout, lines(), line(), to.stdin),
    ]);
    expect(said).to.equal(`${LINES}\n`);
  });

  it('end by SIGPIPE or EPIPE when they are read no more', async () => {
    const child = spawn('yes', [], { stdio: 'pipe' });
    const exited = once(child, 'exit');
    expect(await pipeline(child.stdout, lines(), take(2), toArray())).to.deep.equal(['y', 'y']);
    const [code, signal] = await exited;
    expect(signal ?? code).to.be.oneOf(['SIGPIPE', 1]);
  });

  it('that go away while they are written to fail the run with EPIPE, and close the source', async () => {
    const counted = new Counted();
    const child = node(`process.stdin.once('data', () => process.exit())`);
    const run = pipeline(counted.later(), line(), child.stdin);
    expect(await rejection(run))
      .to.have.property('code')
      .that.is.oneOf(['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']);
    expect(counted.closed).to.equal(true);
  });

  it('that can not be started fail the run', async () => {
    const child = spawn('/no/such/command', [], { stdio: 'pipe' });
    const failed = once(child, 'error');
    const error = await rejection(pipeline(range(0, 100_000), line(), child.stdin));
    expect(error).to.be.instanceOf(Error);
    await failed;
  });

  it('get no more than they take', async () => {
    const child = node('process.stdin.pause(); setInterval(() => {}, 1000)');
    let made = 0;
    const chunks = function* () {
      for (;;) {
        made += 1;
        yield Buffer.alloc(16 * 1024);
      }
    };
    const controller = new AbortController();
    const run = pipeline(chunks, child.stdin, { signal: controller.signal });
    await quiet(() => made);
    expect(made * 16 * 1024).to.be.below(8 * 1024 * 1024);
    controller.abort();
    expect(await rejection(run)).to.have.property('name', 'AbortError');
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  });
});
