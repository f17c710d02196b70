import { type Postgres, startPostgres } from '../../helpers/postgres.js';
import { copies } from './kinds/postgres.js';
import { compareWithNode } from './suite.js';

describe("COPY of PostgreSQL, beside Node's pipeline", () => {
  let server: Postgres | undefined;

  before(async () => {
    server = await startPostgres();
  });
  after(() => server?.stop());

  compareWithNode([copies(() => server?.env ?? {})]);
});
