import type { Step } from '../../core/protocol/step.js';
import { coalesce } from '../text/coalesce.js';
import type { CsvEncoder } from './encoder.js';

/** A step that gathers rows as `coalesce` gathers lines. Without items, it ends with the row of the names. */
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
