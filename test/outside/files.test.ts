import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline as nodePipeline } from 'node:stream/promises';
import { expect } from 'chai';
import { lines } from '../../lib/formats/lines.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { count } from '../../lib/sinks/count.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { Folder } from '../helpers/folder.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { openFiles } from '../helpers/open-files.js';
import { rejection } from '../helpers/rejection.js';

const MEGABYTE = 1024 * 1024;
const cause = new Error('broken on purpose');
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes of every value, in an order that a bug would not keep by chance. */
const bytes = Buffer.from(
  Uint8Array.from({ length: MEGABYTE }, (_, at) => (at * 2654435761) >>> 13),
);
const flipped = () => map((part: Uint8Array) => part.map((byte) => byte ^ 0x5a));

describe('files', () => {
  noUnhandled();
  const folder = new Folder();
  const path = (name: string) => join(folder.path, name);

  it('of 1 MB are read, worked on and written, byte for byte', async () => {
    folder.write('in', bytes);
    await pipeline(
      createReadStream(path('in'), { highWaterMark: 4099 }),
      flipped(),
      flipped(),
      createWriteStream(path('out')),
    );
    expect(hash(folder.bytes('out'))).to.equal(hash(bytes));
    expect(await openFiles(path('in'))).to.equal(0);
    expect(await openFiles(path('out'))).to.equal(0);
  });

  it("of 1 MB come through stages in Node's own pipeline, byte for byte", async () => {
    folder.write('in', bytes);
    await nodePipeline(
      createReadStream(path('in')),
      flipped(),
      flipped(),
      createWriteStream(path('out')),
    );
    expect(hash(folder.bytes('out'))).to.equal(hash(bytes));
  });

  it('are read from a handle, which is closed then', async () => {
    folder.write('in', 'a\nb\n');
    const handle = await open(path('in'));
    expect(await pipeline(handle.createReadStream(), lines(), toArray())).to.deep.equal(['a', 'b']);
    expect(await openFiles(path('in'))).to.equal(0);
  });

  it('are closed after an early end', async () => {
    folder.write('in', bytes);
    expect(await pipeline(createReadStream(path('in')), take(1), count())).to.equal(1);
    expect(await openFiles(path('in'))).to.equal(0);
  });

  it('are both closed when a stage between them fails', async () => {
    folder.write('in', 'a\nb\nc\n');
    const broken = map((line: string) => {
      if (line === 'b') throw cause;
      return line;
    });
    const run = pipeline(
      createReadStream(path('in')),
      lines(),
      broken,
      createWriteStream(path('out')),
    );
    expect(await rejection(run)).to.include({ cause, item: 'b' });
    expect(await openFiles(path('in'))).to.equal(0);
    expect(await openFiles(path('out'))).to.equal(0);
  });

  it('that are not there fail the run with ENOENT, untouched, and close the rest', async () => {
    const out = createWriteStream(path('out'));
    const error = await rejection(pipeline(createReadStream(path('missing')), flipped(), out));
    expect(error).to.include({ code: 'ENOENT', path: path('missing'), syscall: 'open' });
    expect(error).to.not.have.property('suppressed');
    expect(out.closed).to.equal(true);
    expect(await openFiles(path('out'))).to.equal(0);
  });

  it('that can not be made fail the run with ENOENT, and close the source', async () => {
    const counted = new Counted();
    const out = createWriteStream(join(folder.path, 'no', 'such', 'folder'));
    const run = pipeline(
      counted.later(),
      map((x) => `${x}`),
      out,
    );
    expect(await rejection(run)).to.include({ code: 'ENOENT', syscall: 'open' });
    expect(counted.closed).to.equal(true);
  });

  it('that are folders fail the run with EISDIR', async () => {
    const run = pipeline(createReadStream(folder.path), count());
    expect(await rejection(run)).to.include({ code: 'EISDIR', syscall: 'read' });
  });

  it('on a full device fail the run with ENOSPC, and close the source', async () => {
    const counted = new Counted();
    const text = map((x: number) => `${x}\n`);
    const run = pipeline(counted.later(), text, createWriteStream('/dev/full'));
    expect(await rejection(run)).to.include({ code: 'ENOSPC', syscall: 'write' });
    expect(counted.closed).to.equal(true);
  });

  it('whose descriptor is closed under the run fail it with EBADF', async () => {
    folder.write('in', bytes);
    const handle = await open(path('in'));
    const source = createReadStream(path('in'), { fd: handle.fd, autoClose: false });
    await handle.close();
    expect(await rejection(pipeline(source, count()))).to.have.property('code', 'EBADF');
  });

  it('that were closed before are refused', async () => {
    const out = createWriteStream(path('out'));
    await pipeline(['first'], out);
    expect(await rejection(pipeline(['second'], out)))
      .to.have.property('code')
      .that.is.oneOf(['ERR_SLUICE_CLOSED', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_STREAM_DESTROYED']);
    expect(folder.text('out')).to.equal('first');
  });

  it('may be appended to by one run after another', async () => {
    const out = createWriteStream(path('out'));
    for (const text of ['a', 'b', 'c']) await pipeline([text], out, { end: text === 'c' });
    expect(folder.text('out')).to.equal('abc');
    expect(await openFiles(path('out'))).to.equal(0);
  });
});
