import { StageError } from '../../core/base/errors.js';
import type { Through } from '../../core/protocol/link.js';
import { END, type Pull, WAIT } from '../../core/protocol/pull.js';
import type { Run } from '../../core/protocol/run.js';
import { FormatError } from '../../formats/text/format-error.js';
import { Stage } from '../../streams/stage.js';
import type { DeferredFailure } from '../errors/deferred-failure.js';

const INPUT = 'input';
const STAGES = 'stages';
const NUMBERS = 'numbers';

/** Whether that is the name of a gate; what the user has written is called otherwise. */
export const isGate = (name: string): boolean => [INPUT, STAGES, NUMBERS].includes(name);

/**
 * Stands behind a parser. A graceful stop ends the input here, between two items, rather than in the middle of a line;
 * and the items that errors count are counted from here, as what comes before it are pieces of a file.
 */
export function inputGate(
  failure: DeferredFailure,
  taken: { items: number },
): Stage<unknown, unknown> {
  return gate(INPUT, (upstream, run) => {
    const next = rescued(upstream, run, failure);
    return () => {
      if (run.stopping) return END;
      const item = next();
      if (item !== WAIT && item !== END) taken.items += 1;
      return item;
    };
  });
}

/** Stands behind stages: when one fails, the items before that one still arrive. */
export function stageGate(failure: DeferredFailure): Stage<unknown, unknown> {
  return gate(STAGES, (upstream, run) => rescued(upstream, run, failure));
}

/** Stands behind a formatter that gets one of many items: what it says of an item tells which of all it was. */
export function numberingGate(latest: () => number): Stage<unknown, unknown> {
  return gate(NUMBERS, (upstream) => () => {
    try {
      return upstream.pull();
    } catch (error) {
      throw numbered(error, latest());
    }
  });
}

function numbered(error: unknown, index: number): unknown {
  if (!(error instanceof StageError && error.cause instanceof FormatError)) return error;
  const { stage, cause, item } = error;
  const problem = cause.message.replace(/^item \d+ /, '');
  return new StageError(stage, new FormatError(index, problem), error.index, item);
}

type Next = Pull<unknown>['pull'];

/** Makes an error the end of the input, and of all others; the failure keeps it. */
function rescued(upstream: Pull<unknown>, run: Run, failure: DeferredFailure): Next {
  return () => {
    try {
      return upstream.pull();
    } catch (error) {
      failure.note(error);
      run.stop();
      return END;
    }
  };
}

function gate(
  name: string,
  nextOf: (upstream: Pull<unknown>, run: Run) => Next,
): Stage<unknown, unknown> {
  const link: Through = {
    name,
    transparent: true,
    through: (open, host) => {
      const upstream = open(host);
      return { pull: nextOf(upstream, host.run), close: () => upstream.close() };
    },
  };
  return new Stage({ name, links: [link] });
}
