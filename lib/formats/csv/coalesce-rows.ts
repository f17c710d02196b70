import type { Step } from '../../core/protocol/step.js';
import { coalesce } from '../text/coalesce.js';
import type { CsvEncoder } from './encoder.js';

/** A `coalesce` step for rows of CSV. Without items, it ends with the header row, if there is one. */
export function coalesceRows(encoder: CsvEncoder): Omit<Step<object, Buffer>, 'name'> {
  const { lineEnd } = encoder;
  const step = coalesce<object>((item, index) => encoder.line(item, index), lineEnd);
  return {
    ...step,
    end: (cut) => {
      const header = encoder.header();
      if (header !== undefined) return [Buffer.from(header + lineEnd)];
      return step.end?.(cut) ?? [];
    },
  };
}
