import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import * as sluice from '../../lib/index.js';
import { conformance } from './conformance.js';

const { formatLines, formatNdjson, lines, parseNdjson } = sluice;

/** Chunks that begin and end in the middle of lines and of letters; the whole ends with a line end. */
function cut(text: string, every: number): Buffer[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / every) }, (_, at) =>
    bytes.subarray(at * every, (at + 1) * every),
  );
}

const joined = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString();

/** Four of these are about as much as a formatter holds. */
const long = (letter: string) => letter.repeat(20_000);
const texts = [long('a'), 'é', long('b'), '', long('c'), long('d'), 'last'];
const PER_CHUNK = texts.length;

/** One row for each stage that reads or writes text. */
const rows: Record<string, (name: string) => void> = {
  formatLines: (name) =>
    conformance(name, () => formatLines(), {
      input: texts,
      expected: [Buffer.from(texts.map((text) => `${text}\n`).join(''))],
      essence: joined,
      inputsPerOutput: PER_CHUNK,
    }),

  formatNdjson: (name) =>
    conformance(name, () => formatNdjson(), {
      input: texts.map((text) => ({ text })),
      expected: [Buffer.from(texts.map((text) => `{"text":"${text}"}\n`).join(''))],
      essence: joined,
      inputsPerOutput: PER_CHUNK,
    }),

  lines: (name) =>
    conformance(name, () => lines(), {
      input: cut('one\ntwo\r\n\nvier€\nfünf\n', 3),
      expected: ['one', 'two', '', 'vier€', 'fünf'],
      inputsPerOutput: 4,
    }),

  parseNdjson: (name) =>
    conformance(name, () => parseNdjson(), {
      input: cut('{"a":1}\n\n[2,"€"]\r\nfalse\n""\n0\n', 3),
      expected: [{ a: 1 }, [2, '€'], false, '', 0],
      inputsPerOutput: 4,
    }),
};

describe('formats', () => {
  for (const [name, row] of Object.entries(rows)) row(name);

  it('every format of the package has a row here', async () => {
    const folder = new URL('../../lib/formats/', import.meta.url);
    const exported = new Set<unknown>(Object.values(sluice));
    const formats: string[] = [];
    for (const file of readdirSync(folder).filter((path) => path.endsWith('.js'))) {
      const module: Record<string, unknown> = await import(new URL(file, folder).href);
      for (const [name, value] of Object.entries(module)) {
        const isError = typeof value === 'function' && value.prototype instanceof Error;
        if (exported.has(value) && !isError) formats.push(name);
      }
    }
    expect(Object.keys(rows).sort()).to.deep.equal(formats.sort());
  });
});
