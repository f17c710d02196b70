import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import type { Case } from '../case.js';
import { digestOutput, inputFile, outputFile, writeInputFile } from '../files.js';
import { keep, transform } from '../node-streams.js';
import { command, python, sluice } from '../programs.js';

interface Entry {
  readonly id: number;
  readonly status: number;
  readonly path: string;
  readonly ms: number;
}

const failed = ({ status }: Entry): boolean => status >= 404;
const project = ({ id, path, ms }: Entry): object => ({ id, path, ms });
const format = (item: unknown): string => `${JSON.stringify(item)}\n`;

export const ndjson: Case = {
  name: 'ndjson',
  title: 'NDJSON, file to file',
  what:
    'A file of access log entries, 99 bytes a line on average (1e6 are 99 MB): parse, keep half by status, keep three ' +
    'fields of six, format, write a file. Miller uses more than one thread.',
  unit: 'ms',
  sizes: [1e5, 1e6],
  quick: 1e3,
  mostMs: 60_000,
  prepare: writeInputFile,
  answer: digestOutput,
  leftOut:
    "Node's helpers, streamx, rxjs, IxJS, streaming-iterables and @most/core, which do not split bytes into lines.",
  peers: {
    async sluice() {
      const { filter, formatNdjson, map, parseNdjson, pipeline } = await import('../sluice.js');
      return (items) =>
        pipeline(
          createReadStream(inputFile(items)),
          parseNdjson<Entry>(),
          filter(failed),
          map(project),
          formatNdjson(),
          createWriteStream(outputFile()),
        );
    },

    'hand-written loop': () => async (items) => {
      const output = createWriteStream(outputFile());
      const decoder = new TextDecoder();
      let rest = '';
      for await (const bytes of createReadStream(inputFile(items))) {
        const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        let text = '';
        for (const line of lines) {
          const entry = JSON.parse(line);
          if (failed(entry)) text += format(project(entry));
        }
        if (!output.write(text)) await once(output, 'drain');
      }
      output.end();
      await once(output, 'close');
    },

    'split2 and Transforms': async () => {
      const { default: split } = await import('split2');
      const { pipeline } = await import('node:stream/promises');
      return (items) =>
        pipeline(
          createReadStream(inputFile(items)),
          split(JSON.parse),
          keep(failed),
          transform(project),
          transform(format),
          createWriteStream(outputFile()),
        );
    },

    'readline and an async generator': async () => {
      const { createInterface } = await import('node:readline');
      const { pipeline } = await import('node:stream/promises');
      return (items) =>
        pipeline(
          createInterface({ input: createReadStream(inputFile(items)) }),
          async function* (lines: AsyncIterable<string>) {
            for await (const line of lines) {
              const entry = JSON.parse(line);
              if (failed(entry)) yield format(project(entry));
            }
          },
          createWriteStream(outputFile()),
        );
    },

    'stream-chain': async () => {
      const { none } = await import('stream-chain/defs.js');
      const { default: parseFile } = await import('stream-chain/jsonl/file/parser.js');
      const { default: stringerToFile } = await import('stream-chain/jsonl/file/stringer.js');
      const { drain } = await import('stream-chain/utils/drain.js');
      const { pipe } = await import('stream-chain/utils/pipe.js');
      return async (items) => {
        const run = pipe(
          parseFile(),
          ({ value }: { value: Entry }) => (failed(value) ? project(value) : none),
          stringerToFile(outputFile()),
        );
        await drain(run(inputFile(items)));
      };
    },

    'stream-json': async () => {
      const { default: chain } = await import('stream-chain');
      const { none } = await import('stream-chain/defs.js');
      const { streamValues } = await import('stream-json/streamers/stream-values.js');
      const { finished } = await import('node:stream/promises');
      return async (items) => {
        const output = createWriteStream(outputFile());
        chain([
          createReadStream(inputFile(items)),
          streamValues.withParser({ streamValues: false }),
          ({ value }: { value: unknown }) => {
            const entry = value as Entry;
            return failed(entry) ? format(project(entry)) : none;
          },
          output,
        ]);
        await finished(output);
      };
    },

    async highland() {
      const { default: _ } = await import('highland');
      const { finished } = await import('node:stream/promises');
      return async (items) => {
        const output = createWriteStream(outputFile());
        _<string>(createReadStream(inputFile(items), 'utf8'))
          .split()
          .compact()
          .map((line) => JSON.parse(line))
          .filter(failed)
          .map(project)
          .map(format)
          .pipe(output);
        await finished(output);
      };
    },

    async effect() {
      const { Effect, Stream } = await import('effect');
      return async (items) => {
        const output = createWriteStream(outputFile());
        const input: AsyncIterable<Buffer> = createReadStream(inputFile(items));
        const write = (text: string) =>
          output.write(text) ? Effect.void : Effect.promise(() => once(output, 'drain'));
        await Stream.fromAsyncIterable(input, (error) => error).pipe(
          Stream.decodeText,
          Stream.splitLines,
          Stream.map((line) => JSON.parse(line)),
          Stream.filter(failed),
          Stream.map((entry) => format(project(entry))),
          Stream.runForEach(write),
          Effect.runPromise,
        );
        output.end();
        await once(output, 'close');
      };
    },

    'CPython generators': python('ndjson'),

    'the sluice command': command((items) => [
      ...sluice,
      '-i',
      inputFile(items),
      'filter(r => r.status >= 404)',
      'map(({ id, path, ms }) => ({ id, path, ms }))',
    ]),

    jq: command((items) => [
      'jq',
      '-c',
      'select(.status >= 404) | {id, path, ms}',
      inputFile(items),
    ]),

    Miller: command((items) => [
      'mlr',
      '--ijsonl',
      '--ojsonl',
      'filter',
      '$status >= 404',
      'then',
      'cut',
      '-o',
      '-f',
      'id,path,ms',
      inputFile(items),
    ]),
  },
};
