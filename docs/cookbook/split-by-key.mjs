// Split a log into one compressed file per status.
import { createReadStream, createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createGzip, gunzipSync } from 'node:zlib';
import { compose, formatLines, groupBy, lines, pipeline } from 'sluice';

await mkdir('by-status');
await pipeline(
  createReadStream('data/access.log'),
  lines(),
  groupBy(
    (line) => /" (\d{3}) /.exec(line)[1],
    (status) =>
      compose(formatLines(), createGzip(), createWriteStream(`by-status/${status}.log.gz`)),
    { groups: 100 }, // More statuses than this fail the run, so the number of open files is bounded.
  ),
);

for (const name of readdirSync('by-status').sort()) {
  const text = gunzipSync(readFileSync(`by-status/${name}`)).toString();
  console.log(name, text.split('\n').length - 1);
}
