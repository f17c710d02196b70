import { createRequire } from 'node:module';
import type { Duplex, Readable, Transform, Writable } from 'node:stream';

const require = createRequire(import.meta.url);

/** Loads a package as plain JavaScript does: several of them have no types, or types of other versions. */
const load = <T>(name: string): T => require(name) as T;

interface Streams {
  readonly Readable: typeof Readable;
  readonly Writable: typeof Writable;
  readonly Transform: typeof Transform;
}
type Make = () => Duplex;

export const readableStream = (version: string) => load<Streams>(`readable-stream-${version}`);
export const through2 = (version: string) => load<Make>(`through2-${version}`);
export const split2 = (version: string) => load<Make>(`split2-${version}`);
export const csvParser = load<Make>('csv-parser');
export const { Minipass } = load<{ Minipass: new () => Duplex }>('minipass');

type Done = (error?: Error | null, data?: unknown) => void;
export const streamx = load<{
  readonly Readable: new (methods: { read(this: Readable, done: Done): void }) => Readable;
  readonly Writable: new (methods: { write(chunk: Buffer, done: Done): void }) => Writable;
  readonly Transform: new () => Transform;
}>('streamx');

interface Entry {
  readonly name: string;
}
interface Pack extends Readable {
  entry(header: Entry, content: Buffer, done?: (error?: Error | null) => void): void;
  finalize(): void;
}
export const tarStream = load<{ pack(): Pack; extract(): Writable }>('tar-stream');

interface Zip {
  file(name: string, content: Buffer | Readable): void;
  generateNodeStream(options: { streamFiles: boolean }): Readable;
  generateAsync(options: { type: 'nodebuffer' }): Promise<Buffer>;
}
export const JsZip = load<new () => Zip>('jszip');

interface Archive extends Readable {
  append(content: Readable, entry: Entry): void;
  finalize(): Promise<void>;
}
export const archiver = load<{ ZipArchive: new (options: { store: boolean }) => Archive }>(
  'archiver',
);
export const unzipper = load<{ Parse(options?: { forceStream: boolean }): Duplex }>('unzipper');
export const busboy = load<(options: { headers: Record<string, string> }) => Writable>('busboy');

interface Connection {
  connect(): Promise<void>;
  query(sql: string): Promise<unknown>;
  query<S extends Readable | Writable>(stream: S): S;
  on(event: 'error', listener: (error: Error) => void): void;
  readonly connection: { readonly stream: Duplex };
}
export const pg = load<{ readonly Client: new (options: object) => Connection }>('pg');
export const pgCopy = load<{ from(sql: string): Writable; to(sql: string): Readable }>(
  'pg-copy-streams',
);
