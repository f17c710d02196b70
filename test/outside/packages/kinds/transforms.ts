import { Transform } from 'node:stream';
import { feedInto } from '../feeds.js';
import { csvParser, Minipass, readableStream, split2, streamx, through2 } from '../foreign.js';
import { type Kind, part } from '../kind.js';

/** A duplex that is written to by one side of a pipeline and read by the other, or by the test. */
const transform = (name: string, make: () => unknown): Kind => ({
  name,
  source: (chunks) => {
    const own = part(make());
    feedInto(own.stream, chunks);
    return own;
  },
  middle: () => part(make()),
  sink: () => {
    const own = part(make());
    own.stream.resume();
    return own;
  },
});

const passing = (Class: typeof Transform) => () =>
  new Class({ transform: (chunk, _encoding, callback) => callback(null, chunk) });

export const transforms: readonly Kind[] = [
  transform("Node's Transform", passing(Transform)),
  ...['2', '3', '4'].map((version) =>
    transform(
      `Transform of readable-stream ${version}`,
      passing(readableStream(version).Transform),
    ),
  ),
  ...['2', '3', '4'].map((version) => transform(`through2 ${version}`, through2(version))),
  ...['3', '4'].map((version) => transform(`split2 ${version}`, split2(version))),
  transform('csv-parser', csvParser),
  transform('minipass', () => new Minipass()),
  transform('Transform of streamx', () => new streamx.Transform()),
];
