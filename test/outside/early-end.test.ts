import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { lines, map, pipeline, take } from '../../lib/index.js';

describe('an early end of an HTTP request', () => {
  for (const [title, body] of [
    ['short', 'a\nb\n'],
    ['long', 'a\n'.repeat(200_000)],
  ] as const) {
    it(`lets the response to a ${title} request go out`, async () => {
      const server = createServer((request, response) => {
        const reply = map((line: string) => `got ${line}`);
        void pipeline(request, lines(), take(1), reply, response);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
      expect(await response.text()).to.equal('got a');
      server.close();
      server.closeAllConnections();
    });
  }
});
