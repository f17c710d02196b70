import type { EventEmitter } from 'node:events';

/** Counts the events that tell how a stream ended. */
export class Life {
  closes = 0;
  readonly errors: unknown[] = [];

  constructor(stream: EventEmitter) {
    stream.on('close', () => {
      this.closes += 1;
    });
    stream.on('error', (error) => this.errors.push(error));
  }
}
