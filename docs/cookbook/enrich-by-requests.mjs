// Look up each row at an HTTP service: eight requests at a time, in order. Rows that fail after retries are set aside.
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { deadLetter, forEach, map, parseCsv, pipeline } from 'sluice';

// Stands for the service: it has no entry with id 3, and counts the requests in progress.
let now = 0;
let most = 0;
const server = createServer(async (request, response) => {
  most = Math.max(most, ++now);
  const id = request.url.slice(1);
  await new Promise((done) => setTimeout(done, 20 - 4 * id));
  now -= 1;
  if (id === '3') response.writeHead(404).end();
  else response.end(JSON.stringify({ rating: id * 11 }));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const base = `http://127.0.0.1:${server.address().port}`;

async function lookUp(row, { signal }) {
  const response = await fetch(`${base}/${row.id}`, { signal });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return { ...row, ...(await response.json()) };
}

const failed = [];
await pipeline(
  createReadStream('data/customers.csv'),
  parseCsv(),
  map(lookUp, {
    concurrency: 8,
    retry: { attempts: 2, delayMs: 5 },
    onError: deadLetter(
      forEach(({ item, error }) => failed.push(`${item.name}: ${error.cause.message}`)),
    ),
  }),
  forEach(({ name, rating }) => console.log(name, rating)),
);
console.log('failed:', failed);
console.log('never more than eight at a time:', most <= 8);
server.close();
server.closeAllConnections();
