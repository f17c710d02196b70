import type { FirstError } from '../../core/base/first-error.js';
import { from } from '../../sources/from.js';
import { compose } from '../../streams/compose.js';
import { pipeline } from '../../streams/pipeline.js';
import type { SinkLike } from '../../streams/types.js';
import { stageGate } from '../input/gate.js';
import type { Output } from '../output/output.js';

/** One output of a run. */
export interface Branch {
  /** The sink for the items. */
  readonly sink: SinkLike<unknown, unknown>;
  /** Writes the result of the sink, if the line ends in a sink of the user. */
  finish(result: unknown, signal: AbortSignal): Promise<void>;
}

/**
 * Makes the branch of an output. A line that ends in a sink of the user writes its result, any other line writes its
 * items.
 */
export function branch(output: Output, failure: FirstError): Branch {
  const { stages, sink } = output.line;
  const join = compose as (...parts: readonly unknown[]) => SinkLike<unknown, unknown>;
  if (!sink) {
    const gates = stages.length > 0 ? [stageGate(failure)] : [];
    const parts = [...stages, ...gates, ...output.parts()];
    return { sink: join(...parts), finish: async () => {} };
  }
  return {
    sink: stages.length > 0 ? join(...stages, sink) : sink,
    finish: async (result, signal) => {
      const source = from(itemsOf(result, output.hasRows), { name: 'the result' });
      await pipeline([source, ...output.parts()], { signal });
    },
  };
}

/** The items that a result is written as: one item, or the rows of an array if the format has rows. */
function itemsOf(result: unknown, hasRows: boolean): readonly unknown[] {
  if (result === undefined) return [];
  // No format can write a Map (in JSON it is an empty object), so its pairs are written.
  const item = result instanceof Map ? [...result] : result;
  return hasRows && Array.isArray(item) && item.every(isRow) ? item : [item];
}

const isRow = (value: unknown): boolean => typeof value === 'object' && value !== null;
