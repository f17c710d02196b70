import { from } from '../../sources/from.js';
import { compose } from '../../streams/compose.js';
import { pipeline } from '../../streams/pipeline.js';
import type { SinkLike } from '../../streams/types.js';
import type { DeferredFailure } from '../errors/deferred-failure.js';
import { stageGate } from '../input/gate.js';
import type { Output } from '../output/output.js';

/** One way out of a run. */
export interface Branch {
  /** Takes the items. */
  readonly sink: SinkLike<unknown, unknown>;
  /** Writes what the sink resulted in, if that is what the line is for. */
  finish(result: unknown, signal: AbortSignal): Promise<void>;
}

/** A line that ends in a sink of the user's writes its result, any other writes its items. */
export function branch(output: Output, failure: DeferredFailure): Branch {
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

/** What is written of a result: one item, but that a format of rows takes an array of rows for those. */
function itemsOf(result: unknown, hasRows: boolean): readonly unknown[] {
  if (result === undefined) return [];
  // No format has maps, and to JSON they are empty objects: their pairs are written, as those of `tally`.
  const item = result instanceof Map ? [...result] : result;
  return hasRows && Array.isArray(item) && item.every(isRow) ? item : [item];
}

const isRow = (value: unknown): boolean => typeof value === 'object' && value !== null;
