// Load a CSV file into a PostgreSQL table with COPY, cleaned on the way, in one transaction: all of it or nothing.
// needs: postgres, the server that PGHOST and PGUSER name, and npm install pg pg-copy-streams
import { createReadStream } from 'node:fs';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { filter, formatCsv, map, parseCsv, pipeline } from 'sluice';

const client = new pg.Client();
await client.connect();
await client.query(
  'CREATE TEMPORARY TABLE orders (id integer, customer integer, cents bigint, placed date)',
);

await client.query('BEGIN');
try {
  await pipeline(
    createReadStream('data/orders.csv'),
    parseCsv(),
    filter((row) => row.customer !== '9'), // Not one of our customers.
    map((row) => [row.order, row.customer, Math.round(row.amount * 100), row.placed]),
    formatCsv(),
    client.query(copyFrom('COPY orders FROM STDIN WITH (FORMAT csv)')),
  );
  await client.query('COMMIT');
} catch (error) {
  await client.query('ROLLBACK');
  throw error;
}

const { rows } = await client.query(
  'SELECT customer, count(*)::integer AS orders, sum(cents)::integer AS cents FROM orders GROUP BY customer ORDER BY customer',
);
for (const row of rows) console.log(row);
await client.end();
