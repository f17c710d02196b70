// Follow a growing log, and alert when three errors come within a minute, but not again within five minutes.
import { spawn } from 'node:child_process';
import { appendFile, writeFile } from 'node:fs/promises';
import { filter, forEach, interval, lines, map, pipeline, take, window, zip } from 'sluice';

await writeFile('app.log', '');

// Stands for the application: a line every now and then.
const written = `12:00:05 ERROR a
12:00:10 INFO fine
12:00:20 ERROR b
12:02:00 ERROR c
12:02:20 ERROR d
12:02:30 ERROR e
12:02:40 ERROR f
12:09:00 ERROR g
12:09:01 ERROR h
12:09:02 ERROR i`;
const writing = pipeline(
  zip(written.split('\n'), interval({ everyMs: 5, firstMs: 0 })),
  forEach(([line]) => appendFile('app.log', `${line}\n`)),
);

const seconds = ({ time }) => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
let quietUntil = 0;

const tail = spawn('tail', ['-n', '+1', '-f', 'app.log'], { stdio: ['ignore', 'pipe', 'inherit'] });
await pipeline(
  tail.stdout,
  lines(),
  map((line) => line.split(' ')),
  filter(([, level]) => level === 'ERROR'),
  map(([time, , text]) => ({ time, text })),
  window(3),
  filter((latest) => latest.length === 3 && seconds(latest[2]) - seconds(latest[0]) <= 60),
  filter(([, , last]) => seconds(last) >= quietUntil),
  take(2), // Without this line, the program follows the log for ever.
  forEach((latest) => {
    quietUntil = seconds(latest[2]) + 300;
    console.log(`ALERT ${latest[2].time}: ${latest.map(({ text }) => text).join(' ')}`);
  }),
);
tail.kill();
await writing;
