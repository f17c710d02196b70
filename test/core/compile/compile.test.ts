import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import type { Items } from '../../../lib/core/protocol/step.js';
import { filter } from '../../../lib/operators/filter.js';
import { flatMap } from '../../../lib/operators/flat-map.js';
import { map } from '../../../lib/operators/map.js';
import { take } from '../../../lib/operators/take.js';
import { tap } from '../../../lib/operators/tap.js';
import { reduce } from '../../../lib/sinks/reduce.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { range } from '../../../lib/sources/range.js';
import { sink, stage } from '../../../lib/streams/define.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { type Note, sameEitherWay } from '../../helpers/account.js';
import { compiledAfter } from '../../helpers/compiled.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import {
  answers,
  drainKinds,
  fails,
  type Hooks,
  items,
  odd,
  runScript,
  skips,
  stepKinds,
} from '../../helpers/odd-item.js';
import { stageFailure } from '../../helpers/rejection.js';
import { scripted } from '../../helpers/scripted.js';

/** The frame that called what stands around `fn`, as a stack trace shows it. */
function callerOf(fn: () => unknown): string | undefined {
  const trace = { stack: '' };
  Error.captureStackTrace(trace, fn);
  return trace.stack.split('\n    at ')[2];
}

const expanding = stepKinds['expand']!;

describe('a compiled segment does the same as plain pulls', () => {
  noUnhandled();

  for (const [kind, hooks] of Object.entries(stepKinds)) {
    const all = kind === 'map' ? { ...answers, ...skips } : answers;
    for (const [what, answer] of Object.entries(all)) {
      it(`when ${kind} answers ${what}`, async () => {
        await sameEitherWay((note) => runScript(note, items, [hooks(answer)], toArray()));
      });
    }
  }

  for (const [name, drain] of Object.entries(drainKinds)) {
    for (const [what, answer] of Object.entries(answers)) {
      it(`when ${name} answers ${what}`, async () => {
        await sameEitherWay((note) => runScript(note, items, [], sink('drain', drain(answer))));
      });
    }
  }

  const iterables: Record<string, (note: Note) => Items<unknown> | null> = {
    'an array': () => [1, 2, 3],
    'an empty array': () => [],
    'an array of promises': () => [1, Promise.resolve(2), turn(3)],
    'an array with null in it': () => [1, null, 3],
    'a string': () => 'xyz',
    'a set': () => new Set([1, undefined]),
    'a generator': function* (note) {
      try {
        yield* [1, 2, 3];
      } finally {
        note('generator closed');
      }
    },
    'a generator that fails': function* (note) {
      try {
        yield 1;
        fails();
      } finally {
        note('generator closed');
      }
    },
    'an async generator': async function* (note) {
      try {
        yield 1;
        yield await turn(2);
      } finally {
        note('async generator closed');
      }
    },
    'an async generator that fails': async function* () {
      yield 1;
      fails();
    },
    'null rather than an iterable': () => null,
  };

  for (const [what, make] of Object.entries(iterables)) {
    it(`when expand answers ${what}`, async () => {
      await sameEitherWay((note) =>
        runScript(note, items, [expanding(() => make(note))], toArray()),
      );
    });

    it(`when expand answers ${what} within what other steps expand to`, async () => {
      await sameEitherWay((note) => {
        const twice: Hooks = { expand: (x) => [x, x] };
        const odds: Hooks = { test: (x) => x !== 2 };
        const steps = [twice, expanding(() => make(note)), odds, twice];
        return runScript(note, items, steps, toArray());
      });
    });

    it(`when less than all is wanted and expand answers ${what}`, async () => {
      await sameEitherWay((note) => {
        const stages = [
          flatMap((x) => (x === odd ? make(note)! : [x])),
          flatMap((x) => [x, x]),
          take(8),
        ];
        return pipeline([
          scripted(note, items),
          ...stages,
          tap<unknown>((x) => note(x)),
          toArray(),
        ]);
      });
    });
  }

  const values: Record<string, readonly unknown[]> = {
    numbers: [1, -0, 0.5, Number.NaN, 2 ** 40],
    'numbers, then no more': [1, 2, 'x', 3, undefined, null, 4],
    'numbers and promises of them': [1, Promise.resolve(2), 3, Promise.resolve('x'), 4],
    'what becomes a number': [undefined, 1, 2],
    'a bigint after numbers': [1, 2n, 3n],
  };

  for (const [what, list] of Object.entries(values)) {
    for (const first of [0, undefined]) {
      it(`when a sink that has ${first} folds ${what}`, async () => {
        await sameEitherWay((note) => {
          const next = (value: unknown, at: number): unknown => {
            note(value);
            return list[at];
          };
          return pipeline(range(0, list.length), reduce(next, first as unknown));
        });
      });
    }
  }

  it('with names that would be code', async () => {
    for (const name of [
      '"',
      "'",
      '`$' + '{fails()}`',
      '\\',
      '\n*/ throw 1 //',
      '\u2028',
      '💧',
      '',
    ]) {
      const { result } = await sameEitherWay(() =>
        pipeline(
          [1, 2],
          map((x: number) => x + 1, { name }),
          filter((x: number) => x > 0, { name }),
          toArray({ name }),
        ),
      );
      expect(result).to.deep.equal([2, 3]);
    }
  });
});

describe('a compiled segment', () => {
  for (const [kind, hooks] of Object.entries(stepKinds)) {
    it(`calls the callback of ${kind} itself`, async () => {
      const callers: unknown[] = [];
      const act = () => {
        callers.push(callerOf(act));
        return [];
      };
      const step = stage<unknown, unknown>('step', hooks(act));
      await compiledAfter(0, () => pipeline([[odd], step, toArray()]));
      // The callback around it is the step's own.
      expect(callers).to.have.lengthOf(1);
      expect(callers[0]).to.match(/^step → toArray \(sluice:segment-\d+:/);
    });
  }

  it('shows the line of a callback that fails, and its own stages behind it', async () => {
    const parse = (text: string): unknown => JSON.parse(text);
    const run = () => pipeline(['{'], map(parse), filter(Boolean), toArray());
    const error = await compiledAfter(0, () => stageFailure(run()));
    const lines = (error.cause as Error).stack?.split('\n    at ') ?? [];
    const parsing = lines.findIndex((line) => line.startsWith('parse ('));
    expect(lines[parsing]).to.match(/compile\.test\.ts:\d+:\d+\)$/);
    expect(lines[parsing + 1]).to.match(
      /^map\(parse\) → filter\(Boolean\) → toArray \(sluice:segment-\d+:\d+:\d+\)$/,
    );
  });

  it('is made of its templates and numbers only, whatever stages are called', async () => {
    const texts: string[] = [];
    const name = 'named-by-a-user';
    const compiled = new Proxy(Function, {
      construct: (target, parts: string[]) => {
        texts.push(parts.join());
        return new target(...parts);
      },
    });
    const usual = globalThis.Function;
    globalThis.Function = compiled;
    try {
      const stages = [map((x: number) => x, { name }), filter(() => true, { name })];
      await compiledAfter(0, () => pipeline([[1, 2], ...stages, toArray({ name })]));
    } finally {
      globalThis.Function = usual;
    }
    expect(texts).to.have.lengthOf(1);
    expect(texts[0]).to.not.include(name);
  });

  it('gives its callbacks no this', async () => {
    const seen: unknown[] = [];
    function look(this: unknown) {
      seen.push(this);
      return true;
    }
    await compiledAfter(0, () => pipeline([[1], map(look), filter(look), tap(look), toArray()]));
    expect(seen).to.deep.equal([undefined, undefined, undefined]);
  });
});
