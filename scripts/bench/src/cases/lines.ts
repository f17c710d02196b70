import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import type { Case, Program } from '../case.js';
import { inputFile, writeInputFile } from '../files.js';
import { command, python, sluice } from '../programs.js';

const ERROR = '"level":"error"';
const wanted = (line: string): boolean => line.includes(ERROR);

/** A command that prints the count. */
const counting = (argv: Program['argv']): Program => ({
  ...command(argv),
  writes: false,
  measurement: ({ ms, stdout }) => ({ first: ms, answer: Number(stdout) }),
});

export const lines: Case = {
  name: 'lines',
  title: 'Lines of a file',
  what: 'The same file: split it into lines, keep a quarter by a search in each, count.',
  unit: 'ms',
  sizes: [1e5, 1e6],
  quick: 1e3,
  prepare: writeInputFile,
  leftOut:
    "Node's helpers, streamx, rxjs, IxJS, streaming-iterables and @most/core, which do not split bytes into lines; " +
    'stream-json, jq and Miller, which do more than that.',
  peers: {
    async sluice() {
      const { count, filter, lines, pipeline } = await import('../sluice.js');
      return (items) =>
        pipeline(createReadStream(inputFile(items)), lines(), filter(wanted), count());
    },

    'hand-written loop': () => async (items) => {
      const decoder = new TextDecoder();
      let count = 0;
      let rest = '';
      for await (const bytes of createReadStream(inputFile(items))) {
        const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (wanted(line)) count += 1;
      }
      return wanted(rest) ? count + 1 : count;
    },

    'readline, for await': async () => {
      const { createInterface } = await import('node:readline');
      return async (items) => {
        let count = 0;
        const lines = createInterface({ input: createReadStream(inputFile(items)) });
        for await (const line of lines) if (wanted(line)) count += 1;
        return count;
      };
    },

    'readline, events': async () => {
      const { createInterface } = await import('node:readline');
      return async (items) => {
        let count = 0;
        const lines = createInterface({ input: createReadStream(inputFile(items)) });
        lines.on('line', (line) => {
          if (wanted(line)) count += 1;
        });
        await once(lines, 'close');
        return count;
      };
    },

    'split2 and Transforms': async () => {
      const { default: split } = await import('split2');
      const { pipeline } = await import('node:stream/promises');
      const { keep, writable } = await import('../node-streams.js');
      return async (items) => {
        let count = 0;
        const total = writable(() => {
          count += 1;
        });
        await pipeline(createReadStream(inputFile(items)), split(), keep(wanted), total);
        return count;
      };
    },

    'stream-chain': async () => {
      const { default: chain } = await import('stream-chain');
      const { none } = await import('stream-chain/defs.js');
      const { fixUtf8Stream } = await import('stream-chain/utils/fixUtf8Stream.js');
      const { lines } = await import('stream-chain/utils/lines.js');
      const { finished } = await import('node:stream/promises');
      return async (items) => {
        let count = 0;
        const run = chain([
          createReadStream(inputFile(items)),
          fixUtf8Stream(),
          lines(),
          (line: string) => {
            if (wanted(line)) count += 1;
            return none;
          },
        ]);
        await finished(run.resume());
        return count;
      };
    },

    async highland() {
      const { default: _ } = await import('highland');
      return (items) =>
        _<string>(createReadStream(inputFile(items), 'utf8'))
          .split()
          .filter(wanted)
          .reduce(0, (count) => count + 1)
          .toPromise(Promise);
    },

    async effect() {
      const { Effect, Stream } = await import('effect');
      return (items) => {
        const input: AsyncIterable<Buffer> = createReadStream(inputFile(items));
        return Stream.fromAsyncIterable(input, (error) => error).pipe(
          Stream.decodeText,
          Stream.splitLines,
          Stream.filter(wanted),
          Stream.runCount,
          Effect.runPromise,
        );
      };
    },

    'CPython generators': python('lines'),

    'the sluice command': counting((items) => [
      ...sluice,
      '-i',
      inputFile(items),
      '-f',
      'lines',
      `filter(line => line.includes('${ERROR}'))`,
      'count()',
    ]),

    'grep -c': counting((items) => ['grep', '-c', ERROR, inputFile(items)]),
  },
};
