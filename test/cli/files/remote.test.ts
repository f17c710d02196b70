import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { badUsage, done, failed, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const items = '{"a":1}\n{"a":2}\n';

/** Runs `use` while a server listens. */
async function whileOpen(server: Server, use: (host: string) => Promise<void>): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
    await once(server, 'close');
  }
}

const serving = (answer: RequestListener, use: (host: string) => Promise<void>): Promise<void> =>
  whileOpen(createServer({ keepAlive: false }, answer), use);

describe('remote files', () => {
  const folder = new Folder();

  it('http:// is read, in the format and compression that the end of its path says', async () => {
    const answer: RequestListener = (request, response) =>
      request.url === '/moved'
        ? response.writeHead(302, { location: '/a.csv.gz?x=1' }).end()
        : response.end(gzipSync('a\n1\n2\n'));
    await serving(answer, async (host) => {
      expect(await sluice(folder, ['-i', `http://${host}/a.csv.gz`, 'r => +r.a'])).to.deep.equal(
        done('1\n2\n'),
      );
      const moved = ['concat', `http://${host}/moved`, '-f', 'csv', 'r => +r.a'];
      expect(await sluice(folder, moved)).to.deep.equal(done('1\n2\n'));
    });
  });

  it('http:// is written as the body of a POST', async () => {
    const bodies: string[] = [];
    const answer: RequestListener = async (request, response) => {
      bodies.push(`${request.method} ${await text(request)}`);
      response.end('thanks');
    };
    await serving(answer, async (host) => {
      const args = ['-o', `http://${host}/in.csv`];
      expect(await sluice(folder, args, items)).to.deep.equal(done(''));
      expect(bodies).to.deep.equal(['POST a\n1\n2\n']);
    });
  });

  it('a refusal fails the run, in both directions', async () => {
    const answer: RequestListener = (request, response) => {
      request.resume();
      response.writeHead(404).end();
    };
    await serving(answer, async (host) => {
      const url = `http://${host}/a`;
      const outcome = failed(`${url}: the server answered 404 Not Found`);
      expect(await sluice(folder, ['-i', url])).to.deep.equal(outcome);
      expect(await sluice(folder, ['-o', url], items)).to.deep.equal(outcome);
    });
  });

  it('tcp:// is read and written', async () => {
    const received: string[] = [];
    const server = createTcpServer({ allowHalfOpen: true }, async (socket) => {
      socket.end(items);
      received.push(await text(socket));
    });
    await whileOpen(server, async (host) => {
      expect(await sluice(folder, ['-i', `tcp://${host}`, 'r => r.a'])).to.deep.equal(
        done('1\n2\n'),
      );
      expect(await sluice(folder, ['-o', `tcp://${host}`], items)).to.deep.equal(done(''));
    });
    expect(received).to.deep.equal(['', items]);
  });

  it('a server that is not there is named', async () => {
    let gone = '';
    await whileOpen(createTcpServer(), async (host) => {
      gone = host;
    });
    for (const url of [`tcp://${gone}`, `http://${gone}/`]) {
      for (const flag of ['-i', '-o']) {
        expect(await sluice(folder, [flag, url], items)).to.deep.equal(
          failed(`${url}: connect ECONNREFUSED ${gone}`),
        );
      }
    }
  });

  it('an address without a port is bad usage', async () => {
    expect(await sluice(folder, ['-i', 'tcp://localhost'])).to.deep.equal(
      badUsage('tcp://localhost is not a valid URL: write tcp://host:port or http://host/path'),
    );
  });
});
