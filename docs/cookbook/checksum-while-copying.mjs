// Read a file once: decompress it, write it, count its lines and compute its checksum.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { broadcast, compose, count, lines, pipeline, reduce } from 'sluice';

const [hash, , rows] = await pipeline(
  createReadStream('data/seattle-weather.ndjson.gz'),
  createGunzip(),
  broadcast(
    reduce((sum, chunk) => sum.update(chunk), createHash('sha256')),
    createWriteStream('weather.ndjson'),
    compose(lines(), count()),
  ),
);
console.log(hash.digest('hex'));
console.log(`${rows} lines, ${statSync('weather.ndjson').size} bytes`);
