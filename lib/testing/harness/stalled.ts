import { Writable } from 'node:stream';

/** Takes one item and never asks for another. */
export class Stalled extends Writable {
  taken = 0;

  constructor() {
    super({ objectMode: true, highWaterMark: 1 });
  }

  override _write(): void {
    this.taken += 1;
  }
}
