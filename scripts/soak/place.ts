import { type EventEmitter, getEventListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatNdjson, hub, pipeline, push, range } from '../../lib/index.js';
import type { Random } from './random.js';

/** How many items the HTTP server sends. */
export const ANSWERED = 2000;

/** Objects that live as long as the soak and are shared by all its runs. */
export class Place {
  readonly random: Random;
  readonly folder = mkdtempSync(join(tmpdir(), 'sluice-soak-'));
  readonly signals: { readonly abort: AbortSignal; readonly stop: AbortSignal } = {
    abort: new AbortController().signal,
    stop: new AbortController().signal,
  };
  readonly hub = hub<number>({ empty: 'drop' });
  readonly producer = push(this.hub);
  /** An echo server. */
  readonly echo = createServer((socket) => void socket.on('error', () => {}).pipe(socket));
  readonly http = createHttpServer((_, response) => {
    // The reader may disconnect at any time.
    pipeline(range(0, ANSWERED), formatNdjson(), response).catch(() => {});
  });

  private constructor(random: Random) {
    this.random = random;
  }

  static async open(random: Random): Promise<Place> {
    const place = new Place(random);
    await Promise.all(place.#servers.map(listening));
    return place;
  }

  get #servers(): Server[] {
    return [this.echo, this.http];
  }

  get listeners(): number {
    const { producer, hub } = this;
    const emitters = [...this.#servers, producer, hub, process, process.stdout, process.stderr];
    const signals = Object.values(this.signals).flatMap((all) => getEventListeners(all, 'abort'));
    return emitters.map(listenersOf).reduce((sum, count) => sum + count, signals.length);
  }

  async close(): Promise<void> {
    await this.producer.close();
    for (const server of this.#servers) server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const listening = (server: Server): Promise<void> =>
  new Promise((resolve) => void server.listen(0, '127.0.0.1', resolve));

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const listenersOf = (emitter: EventEmitter): number =>
  emitter.eventNames().reduce((sum, event) => sum + emitter.listenerCount(event), 0);
