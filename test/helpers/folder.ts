import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new, empty folder for each test of a suite, removed after it. */
export class Folder {
  #path = '';

  constructor() {
    beforeEach(() => {
      this.#path = mkdtempSync(join(tmpdir(), 'sluice-'));
    });
    afterEach(() => rmSync(this.#path, { recursive: true, force: true }));
  }

  get path(): string {
    return this.#path;
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.#path, name), content);
  }

  bytes(name: string): Buffer {
    return readFileSync(join(this.#path, name));
  }

  text(name: string): string {
    return this.bytes(name).toString();
  }
}
