import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { compose, from, map, parseNdjson } from '../../lib/index.js';
import { Folder } from '../helpers/folder.js';
import { noUnhandled } from '../helpers/no-unhandled.js';

const cause = new Error('failed on purpose');
const LINES = 1000;

function* threeAndFail() {
  yield* [1, 2, 3];
  throw cause;
}

/** The items that a reader gets, and the error that ends it. */
async function readAll(items: AsyncIterable<unknown>) {
  const got: unknown[] = [];
  try {
    for await (const item of items) got.push(item);
  } catch (error) {
    return { got, error };
  }
  return { got, error: undefined };
}

describe('items before an error', () => {
  noUnhandled();
  const folder = new Folder();

  const badFile = () => {
    const good = Array.from({ length: LINES }, (_, id) => `${JSON.stringify({ id })}\n`).join('');
    folder.write('bad.ndjson', `${good}{bad\n`);
    return compose(createReadStream(join(folder.path, 'bad.ndjson')), parseNdjson());
  };

  it('come out of a source before it, with for await', async () => {
    const { got, error } = await readAll(from(threeAndFail));
    expect(got).to.deep.equal([1, 2, 3]);
    expect(error).to.have.property('cause', cause);
  });

  it('come out of a file before it, with for await', async () => {
    const { got, error } = await readAll(badFile());
    expect(got).to.have.length(LINES);
    expect(error).to.have.property('name', 'StageError');
  });

  it('come out of a stage before it', async () => {
    const stage = map((x: number) => {
      if (x === 4) throw cause;
      return x;
    });
    for (const x of [1, 2, 3, 4, 5]) stage.write(x);
    const { got, error } = await readAll(stage);
    expect(got).to.deep.equal([1, 2, 3]);
    expect(error).to.have.property('cause', cause);
  });

  it('are piped before it, at the pace of the reader', async () => {
    let written = 0;
    const slow = new Writable({
      objectMode: true,
      write(_item, _encoding, done) {
        written += 1;
        setImmediate(done);
      },
    });
    const source = badFile();
    source.pipe(slow);
    await once(source, 'error');
    await turn();
    expect(written + slow.writableLength).to.be.at.least(LINES);
  });

  it('end quietly when the reader leaves while the error is on its way', async () => {
    const source = from(threeAndFail);
    for await (const item of source) {
      expect(item).to.equal(1);
      break;
    }
    await turn();
    expect(source.closed).to.equal(true);
  });
});
