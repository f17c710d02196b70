import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** Lets a server listen here, on any free port; answers the port. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Stops a server once all of its connections are over. */
export const stopped = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
  });
