import fs, { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { expect } from 'chai';
import { formatNdjson, map, parseNdjson, pipeline } from '../../lib/index.js';
import { Folder } from '../helpers/folder.js';

const ITEMS = 20_000;
const CHUNK = 64 * 1024;

interface Row {
  readonly id: number;
  readonly text: string;
}

/** Has calls of a method counted; answers how to ask for their number, and how to stop. */
function counted(owner: object, name: string): { calls: number; restore(): void } {
  const own = owner as Record<string, (...args: unknown[]) => unknown>;
  const method = own[name] as (...args: unknown[]) => unknown;
  const count = {
    calls: 0,
    restore: () => {
      own[name] = method;
    },
  };
  own[name] = function (this: unknown, ...args) {
    count.calls += 1;
    return Reflect.apply(method, this, args);
  };
  return count;
}

describe('what goes from file to file', () => {
  const folder = new Folder();

  it('crosses a stream once per chunk, however many items a chunk has', async () => {
    const rows = Array.from({ length: ITEMS }, (_, id) => ({ id, text: `row number ${id}` }));
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    folder.write('in.ndjson', text);
    const system = { ...fs };
    const reads = counted(system, 'read');
    const writes = [counted(system, 'write'), counted(system, 'writev')];
    const output = createWriteStream(join(folder.path, 'out.ndjson'), { fs: system });
    const input = createReadStream(join(folder.path, 'in.ndjson'), { fs: system });
    // Of all streams that there are.
    const pushes = counted(Readable.prototype, 'push');
    const written = counted(Writable.prototype, 'write');
    const emitted = [counted(input, 'emit'), counted(output, 'emit')];
    try {
      const next = map(({ id, text }: Row) => ({ id: id + 1, text }));
      await pipeline(input, parseNdjson<Row>(), next, formatNdjson(), output);
    } finally {
      pushes.restore();
      written.restore();
    }
    const lines = fs.readFileSync(join(folder.path, 'out.ndjson'), 'utf8').split('\n');
    expect(lines).to.have.lengthOf(ITEMS + 1);
    expect(JSON.parse(lines.at(-2) as string)).to.deep.equal({
      id: ITEMS,
      text: `row number ${ITEMS - 1}`,
    });
    const chunks = Math.ceil(text.length / CHUNK);
    expect(chunks).to.be.below(ITEMS / 500);
    // One more says that the file has ended.
    expect(reads.calls).to.equal(chunks + 1);
    // As one more says that the run has ended.
    expect(pushes.calls).to.equal(chunks + 2);
    expect(written.calls).to.be.within(1, chunks + 1);
    expect(writes.reduce((sum, { calls }) => sum + calls, 0)).to.be.within(1, chunks + 1);
    for (const { calls } of emitted) expect(calls).to.be.below(4 * chunks + 10);
  });
});
