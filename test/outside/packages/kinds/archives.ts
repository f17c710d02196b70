import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { feedOf, noise } from '../feeds.js';
import { archiver, busboy, JsZip, tarStream, unzipper } from '../foreign.js';
import { type Feed, type Kind, part } from '../kind.js';

const ignore = (): void => {};
const CONTENT = Buffer.alloc(4096, 'x');
const FILES = 500;

/** A zip can't be repeated: its end names the place of all before it. */
async function zipped(files: number): Promise<Buffer> {
  const zip = new JsZip();
  for (let at = 0; at < files; at += 1) zip.file(`${at}.txt`, CONTENT);
  return zip.generateAsync({ type: 'nodebuffer' });
}

function* cut(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 4096) yield bytes.subarray(at, at + 4096);
}

async function zipFeed(): Promise<Feed> {
  const [short, long] = await Promise.all([zipped(3), zipped(FILES)]);
  return { short: () => cut(short), long: () => cut(long) };
}

async function tarFeed(): Promise<Feed> {
  const pack = tarStream.pack();
  pack.entry({ name: 'a.txt' }, CONTENT);
  pack.finalize();
  const whole = await buffer(pack);
  // A tar ends with two empty blocks; one file, once more and once more, goes on for ever.
  const file = whole.subarray(0, 512 + CONTENT.length);
  return { short: () => [whole], long: feedOf(file).long };
}

const BOUNDARY = 'between';
const opening = Buffer.from(
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="a"; filename="a.txt"\r\n\r\n`,
);
const closing = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
const form: Feed = {
  short: () => [opening, CONTENT, closing],
  long: function* () {
    yield opening;
    for (;;) yield CONTENT;
  },
};

const noisy = (name: string, source: Kind['source']): Kind => ({
  name,
  feed: noise,
  ...(source && { source }),
});

/** Packages that pack and unpack, each with what it unpacks. */
export const archives: readonly Kind[] = [
  noisy('jszip', (chunks) => {
    const zip = new JsZip();
    zip.file('a.bin', Readable.from(chunks));
    return part(zip.generateNodeStream({ streamFiles: true }));
  }),
  noisy('archiver', (chunks) => {
    const archive = new archiver.ZipArchive({ store: true });
    archive.append(Readable.from(chunks), { name: 'a.bin' });
    archive.finalize().catch(ignore);
    return part(archive);
  }),
  {
    name: 'tar-stream',
    feed: await tarFeed(),
    source: (chunks) => {
      const pack = tarStream.pack();
      const iterator = chunks[Symbol.iterator]();
      const next = (error?: Error | null): void => {
        const { value, done } = iterator.next();
        if (error) return;
        if (done) pack.finalize();
        else pack.entry({ name: 'a.txt' }, value, next);
      };
      next();
      return part(pack);
    },
    sink: () => {
      const extract = tarStream.extract();
      extract.on('entry', (_header: unknown, entry: Readable, next: () => void) => {
        entry.on('end', next);
        entry.resume();
      });
      return part(extract);
    },
  },
  {
    name: 'unzipper',
    feed: await zipFeed(),
    // Half a zip is an error of its reader's.
    without: ['sink: an early end'],
    middle: () => part(unzipper.Parse({ forceStream: true })),
    sink: () => {
      const parse = unzipper.Parse();
      parse.on('entry', (entry: { autodrain(): void }) => entry.autodrain());
      return part(parse);
    },
  },
  {
    name: 'busboy',
    feed: form,
    // Half a form is an error of its reader's.
    without: ['sink: an early end'],
    sink: () => {
      const parser = busboy({
        headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      });
      parser.on('file', (_name: string, file: Readable) => file.resume());
      return part(parser);
    },
  },
];
