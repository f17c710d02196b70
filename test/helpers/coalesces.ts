import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { push } from '../../lib/push/push.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import type { Stage } from '../../lib/streams/stage.js';
import { nodeRun } from './node-run.js';

const FULL = 65_536;

/** How every formatter gathers its lines; it must write a string as `line` does. */
export function coalesces(
  name: string,
  make: () => Stage<string, Buffer>,
  line: (item: string) => string,
): void {
  it(`${name} gathers lines into chunks of about 64 KiB, and never splits one`, async () => {
    const items = Array.from({ length: 5_000 }, (_, n) => 'x'.repeat(n % 200));
    const longest = Math.max(...items.map((item) => line(item).length));
    const chunks = await pipeline(items, make(), toArray());
    expect(Buffer.concat(chunks).toString()).to.equal(items.map(line).join(''));
    expect(chunks.length).to.be.greaterThan(5);
    for (const chunk of chunks.slice(0, -1)) {
      expect(chunk.length).to.be.within(FULL, FULL + longest);
      expect(chunk.at(-1)).to.equal(0x0a);
    }
    expect(chunks.at(-1)?.length).to.be.below(FULL);
  });

  it(`${name} hands on a line larger than a chunk at once`, async () => {
    const large = 'é'.repeat(FULL);
    const chunks = await pipeline(['a', large, 'b'], make(), toArray());
    expect(chunks.map(String)).to.deep.equal([line('a') + line(large), line('b')]);
  });

  it(`${name} emits nothing for empty input`, async () => {
    expect(await pipeline([], make(), toArray())).to.deep.equal([]);
  });

  it(`${name} gathers what comes slowly too, as long as it comes`, async () => {
    const items = async function* () {
      for (const item of ['a', 'b', 'c']) {
        await Promise.resolve();
        yield item;
      }
    };
    const chunks = await pipeline(items, make(), toArray());
    expect(chunks.map(String)).to.deep.equal([['a', 'b', 'c'].map(line).join('')]);
  });

  const ways: Record<
    string,
    (...parts: [PassThrough, Stage<string, Buffer>, PassThrough]) => Promise<unknown>
  > = {
    pipeline: (input, stage, output) => pipeline(input, stage, output),
    "Node's pipeline": (...parts) => nodeRun(parts),
  };
  for (const [title, run] of Object.entries(ways)) {
    it(`${name} does not sit on output while its input is idle (${title})`, async () => {
      const input = new PassThrough({ objectMode: true });
      const output = new PassThrough();
      const finished = run(input, make(), output);
      for (const item of ['one', 'two']) {
        const arrived = once(output, 'data');
        input.write(item);
        expect(String(await arrived)).to.equal(line(item));
        await turn();
      }
      input.end();
      await finished;
    });
  }

  it(`send() to ${name} answers every item of a chunk, without waiting for a full one`, async () => {
    const producer = push(make(), (chunk: Buffer) => String(chunk));
    const sent = [producer.send('a'), producer.send('b')];
    const both = line('a') + line('b');
    expect(await Promise.all(sent)).to.deep.equal([both, both]);
    await producer.close();
  });
}
