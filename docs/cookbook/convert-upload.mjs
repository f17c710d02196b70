// Convert an uploaded CSV file to NDJSON in an HTTP server while it arrives, and report which line is wrong.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { formatNdjson, map, parseCsv, pipeline } from 'sluice';

const server = createServer(async (request, response) => {
  try {
    await pipeline(
      request,
      parseCsv({ types: true }),
      map((row) => ({ ...row, total: row.price * row.count })),
      formatNdjson(),
      response,
      { end: false }, // Keeps the response open, so that an error can be written to it.
    );
  } catch (error) {
    response.write(`${JSON.stringify({ error: error.cause?.message ?? error.message })}\n`);
  }
  response.end();
}).listen(0, '127.0.0.1');
await once(server, 'listening');

const url = `http://127.0.0.1:${server.address().port}`;
for (const body of [
  'item,price,count\nbolt,0.2,50\nhinge,3.5,4\n',
  'item,price,count\nbolt,0.2,50\nhinge,3.5\n',
]) {
  const response = await fetch(url, { method: 'POST', body });
  process.stdout.write(await response.text());
}
server.close();
server.closeAllConnections();
