// Filter text between two streams of Node's experimental stream/iter: its readable is the source, its writer the sink.
// needs: stream/iter, of Node 24 or 26, with --experimental-stream-iter
import { createReadStream } from 'node:fs';
import { fromReadable, pull, push, text } from 'node:stream/iter';
import { filter, formatLines, lines, pipeline } from 'sluice';

const source = pull(fromReadable(createReadStream('data/contacts.csv')));
const { writer, readable } = push();
const all = text(readable);
await pipeline(
  source,
  lines(),
  filter((line) => line.includes('@')),
  formatLines(),
  writer,
);
const found = (await all).trim().split('\n');
console.log(`${found.length} lines have an address`);
