import { formatLines, formatNdjson, lines, parseNdjson } from '../../lib/index.js';
import { conformance } from './conformance.js';

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
export const formatRows: Record<string, (name: string) => void> = {
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
