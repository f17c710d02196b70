import {
  formatCsv,
  formatJson,
  formatLines,
  formatNdjson,
  formatTable,
  formatTsv,
  lines,
  parseCsv,
  parseJson,
  parseNdjson,
  parseTsv,
} from '../../lib/index.js';
import { conformance } from './conformance.js';

/** Splits text in the middle of lines and of characters; the text ends with a line end. */
function cut(text: string, every: number): Buffer[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / every) }, (_, at) =>
    bytes.subarray(at * every, (at + 1) * every),
  );
}

const joined = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString();

/** A quarter of what a formatter holds. */
const long = (letter: string) => letter.repeat(20_000);
const texts = [long('a'), 'é', long('b'), '', long('c'), long('d'), 'last'];
const PER_CHUNK = texts.length;

/** One row for each stage that reads or writes text. */
export const formatRows: Record<string, (name: string) => void> = {
  formatCsv: (name) =>
    conformance(name, () => formatCsv({ header: false }), {
      input: texts.map((text) => [text, 1]),
      expected: [Buffer.from(texts.map((text) => `${text},1\n`).join(''))],
      essence: joined,
      inputsPerOutput: PER_CHUNK,
    }),

  formatJson: (name) =>
    conformance(name, () => formatJson(), {
      input: texts.map((text) => ({ text })),
      expected: [Buffer.from(`[\n${texts.map((text) => `{"text":"${text}"}`).join(',\n')}\n]\n`)],
      essence: joined,
      empty: [Buffer.from('[]\n')],
      inputsPerOutput: PER_CHUNK,
    }),

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

  formatTable: (name) =>
    conformance(name, () => formatTable({ rows: 2 }), {
      input: [{ a: 'x' }, { a: 'y' }, { a: 'z' }],
      expected: [Buffer.from('a\n─\nx\ny\nz\n')],
      essence: joined,
      inputsPerOutput: 2,
    }),

  formatTsv: (name) =>
    conformance(name, () => formatTsv({ header: false }), {
      input: texts.map((text) => [text, 1]),
      expected: [Buffer.from(texts.map((text) => `${text}\t1\n`).join(''))],
      essence: joined,
      inputsPerOutput: PER_CHUNK,
    }),

  lines: (name) =>
    conformance(name, () => lines(), {
      input: cut('one\ntwo\r\n\nvier€\nfünf\n', 3),
      expected: ['one', 'two', '', 'vier€', 'fünf'],
      inputsPerOutput: 4,
    }),

  parseCsv: (name) =>
    conformance(name, () => parseCsv({ header: false }), {
      input: cut('a,"b\n""c"\r\n\nvier€,fünf\n"",\n', 3),
      expected: [
        ['a', 'b\n"c'],
        ['vier€', 'fünf'],
        ['', ''],
      ] as never,
      inputsPerOutput: 5,
    }),

  parseJson: (name) =>
    conformance(name, () => parseJson(), {
      input: cut('[{"a":1},\n[2,"€"],false,"",0]\n', 3),
      expected: [{ a: 1 }, [2, '€'], false, '', 0],
      inputsPerOutput: 4,
    }),

  parseNdjson: (name) =>
    conformance(name, () => parseNdjson(), {
      input: cut('{"a":1}\n\n[2,"€"]\r\nfalse\n""\n0\n', 3),
      expected: [{ a: 1 }, [2, '€'], false, '', 0],
      inputsPerOutput: 4,
    }),

  parseTsv: (name) =>
    conformance(name, () => parseTsv({ header: false }), {
      input: cut('a\t"b\n""c"\r\n\nvier€\tfünf\n""\t\n', 3),
      expected: [
        ['a', 'b\n"c'],
        ['vier€', 'fünf'],
        ['', ''],
      ] as never,
      inputsPerOutput: 5,
    }),
};
