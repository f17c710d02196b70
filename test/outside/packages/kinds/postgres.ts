import type { Readable, Writable } from 'node:stream';
import { pg, pgCopy } from '../foreign.js';
import type { Kind, Part } from '../kind.js';

/** More rows than any buffer holds. */
const MANY = 200_000;
const ignore = (): void => {};

/** The streams of COPY, each on a connection of its own to the server that `env` tells. */
export function copies(env: () => Readonly<Record<string, string>>): Kind {
  async function copy(
    query: (client: InstanceType<typeof pg.Client>) => Readable | Writable,
  ): Promise<Part> {
    const { PGHOST, PGUSER, PGDATABASE } = env();
    const client = new pg.Client({ host: PGHOST, user: PGUSER, database: PGDATABASE });
    // A copy that is given up leaves its connection in a state that the server complains of.
    client.on('error', ignore);
    await client.connect();
    await client.query('CREATE TEMPORARY TABLE target (name text, value text)');
    return {
      stream: query(client),
      free: () => client.connection.stream.destroy(),
    };
  }
  return {
    name: 'pg-copy-streams',
    source: (chunks) => {
      const rows = Array.isArray(chunks) ? chunks.length : MANY;
      return copy((client) =>
        client.query(
          pgCopy.to(`COPY (SELECT 'some', g FROM generate_series(1, ${rows}) g) TO STDOUT CSV`),
        ),
      );
    },
    sink: () => copy((client) => client.query(pgCopy.from('COPY target FROM STDIN CSV'))),
  };
}
