import assert from 'node:assert/strict';
import type { EventEmitter } from 'node:events';
import { quiet } from './quiet.js';

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

/** Waits until the stream is quiet, then asserts that it closed once, with these errors. */
export async function expectClosed(life: Life, ...errors: unknown[]): Promise<void> {
  await quiet(() => life.closes);
  assert.deepEqual(
    { closes: life.closes, errors: life.errors.length },
    { closes: 1, errors: errors.length },
  );
  for (const [at, error] of errors.entries()) assert.equal(life.errors[at], error);
}
