import { StageError } from '../../core/base/errors.js';
import type { FirstError } from '../../core/base/first-error.js';
import type { Through } from '../../core/protocol/link.js';
import { END, type Pull, WAIT } from '../../core/protocol/pull.js';
import type { Run } from '../../core/protocol/run.js';
import { FormatError } from '../../formats/text/format-error.js';
import { Stage } from '../../streams/stage.js';

const INPUT = 'input';
const STAGES = 'stages';
const NUMBERS = 'numbers';

/** Whether a name is that of a gate. Stages of the user have other names. */
export const isGate = (name: string): boolean => [INPUT, STAGES, NUMBERS].includes(name);

/**
 * A gate behind a parser. A graceful stop ends the input here, between two items, not in the middle of a line. Errors
 * count the items from here: before the parser, they are pieces of a file.
 */
export function inputGate(failure: FirstError, taken: { items: number }): Stage<unknown, unknown> {
  return gate(INPUT, (upstream, run) => {
    const next = deferringErrors(upstream, run, failure);
    return () => {
      if (run.stopping) return END;
      const item = next();
      if (item !== WAIT && item !== END) taken.items += 1;
      return item;
    };
  });
}

/** A gate behind stages: when one fails, the items before the failed one still arrive. */
export function stageGate(failure: FirstError): Stage<unknown, unknown> {
  return gate(STAGES, (upstream, run) => deferringErrors(upstream, run, failure));
}

/**
 * A gate behind a formatter that gets only some of the items: its errors get the number of the item among all items.
 */
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

/** Turns an error into the end of this input, and stops the others; `failure` keeps the error. */
function deferringErrors(upstream: Pull<unknown>, run: Run, failure: FirstError): Next {
  return () => {
    try {
      return upstream.pull();
    } catch (error) {
      failure.add(error);
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
