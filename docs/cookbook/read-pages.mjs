// Read items from an API page by page until there are enough, and retry when the API is overloaded.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { filter, flatMap, generate, pipeline, take, toArray } from 'sluice';

// Stands for the API: three items a page, and every second request is refused.
let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  const page = Number(new URL(request.url, 'http://localhost').searchParams.get('page'));
  if (requests % 2 === 0) response.writeHead(503).end();
  else {
    const items = [1, 2, 3].map((n) => ({ id: page * 3 + n }));
    response.end(JSON.stringify({ items, next: page < 99 ? `/items?page=${page + 1}` : null }));
  }
}).listen(0, '127.0.0.1');
await once(server, 'listening');

const base = `http://127.0.0.1:${server.address().port}`;
async function load(path, signal) {
  const response = await fetch(base + path, { signal });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

// A page is requested only when all items before it have been taken, so no page is requested in vain.
const items = await pipeline(
  generate(
    { items: [], next: '/items?page=0' },
    ({ next }, { signal }) => next && load(next, signal),
    {
      retry: { attempts: 5, delayMs: 10, factor: 2, maxDelayMs: 1000 },
    },
  ),
  flatMap((page) => page.items),
  filter(({ id }) => id % 2 === 0),
  take(5),
  toArray(),
);
console.log(items.map(({ id }) => id));
console.log(requests, 'requests');
server.close();
server.closeAllConnections();
