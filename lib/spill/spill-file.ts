import type { FileHandle } from 'node:fs/promises';

/**
 * A temporary file that only this process has open. Its name is deleted right after opening, so the system removes the
 * file when it is closed or when the process ends, even if it is killed.
 */
export class SpillFile {
  readonly #handle: FileHandle;
  #end = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** In `folder`; by default in the system's folder for temporary files. */
  static async create(folder: string | undefined): Promise<SpillFile> {
    const [{ open, unlink }, { join }, { tmpdir }] = await Promise.all([
      import('node:fs/promises'),
      import('node:path'),
      import('node:os'),
    ]);
    const path = join(folder ?? tmpdir(), `sluice-${crypto.randomUUID()}`);
    const handle = await open(path, 'wx+', 0o600);
    try {
      await unlink(path);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new SpillFile(handle);
  }

  /** Where the next bytes go. */
  get end(): number {
    return this.#end;
  }

  async append(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const left = bytes.length - done;
      const { bytesWritten } = await this.#handle.write(bytes, done, left, this.#end);
      done += bytesWritten;
      this.#end += bytesWritten;
    }
  }

  async read(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.#handle.read(bytes, done, length - done, position + done);
      if (bytesRead === 0)
        throw new Error('a temporary file is shorter than what was written to it');
      done += bytesRead;
    }
    return bytes;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
