import { PassThrough, type Writable } from 'node:stream';
import { expect } from 'chai';
import { map } from '../../lib/operators/map.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';

const same = (x: number): number => x;

/** Writes until the stream says that it is full, and says how many items it has taken. */
function fill(stream: Writable): number {
  let written = 1;
  while (stream.write(written)) written += 1;
  return written;
}

/** Writes three items at once, each of which has one more written while it is taken. */
async function writeBack(make: (take: (item: number) => void) => Writable): Promise<number[]> {
  const items: number[] = [];
  const stream = make((item) => {
    items.push(item);
    if (item < 10) stream.write(item + 10);
  });
  stream.cork();
  for (const item of [1, 2, 3]) stream.write(item);
  stream.uncork();
  await quiet(() => items.length);
  stream.destroy();
  return items;
}

describe('what is written to a stream of ours', () => {
  noUnhandled();

  it('is done with within the write while a reader takes it', () => {
    const stage = map(same);
    const items: number[] = [];
    stage.on('data', (item) => items.push(item));
    for (const item of [1, 2, 3]) {
      stage.write(item);
      expect(stage).to.include({ writableLength: 0, readableLength: 0 });
    }
    expect(items).to.deep.equal([1, 2, 3]);
    stage.destroy();
  });

  it('stops at the very item at which a Transform stops when its reader has stalled', async () => {
    const held: number[][] = [];
    for (const stream of [map(same), new PassThrough({ objectMode: true })]) {
      stream.on('readable', () => {});
      let written = fill(stream);
      stream.on('drain', () => {
        written += fill(stream);
      });
      await quiet(() => written);
      held.push([written, stream.readableLength, stream.writableLength]);
      stream.destroy();
    }
    expect(held[0]).to.deep.equal(held[1]);
  });

  it("is not lost when a Stage's reader writes it while others are uncorked", async () => {
    const items = await writeBack((take) => map(same).on('data', take));
    expect(items).to.deep.equal([1, 2, 3, 11, 12, 13]);
  });

  it("is not lost when a Sink's callback writes it while others are uncorked", async () => {
    expect(await writeBack((take) => forEach(take))).to.deep.equal([1, 2, 3, 11, 12, 13]);
  });
});
