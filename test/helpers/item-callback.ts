import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import type { Context } from '../../lib/core/protocol/context.js';
import type { NameOptions } from '../../lib/streams/types.js';
import { refuses } from './refuses.js';
import { stageFailure } from './rejection.js';

export type Callback = (...args: unknown[]) => unknown;

export interface CallbackUser {
  /** The operator's name. */
  readonly operator: string;
  /** What the operator calls the callback. Default `fn`. */
  readonly parameter?: string;
  /** Whether the callback is optional. */
  readonly optional?: true;
  /** What the callback returns so that it is called with the next item too. */
  readonly goOn: unknown;
  /** Makes the operator, at once, and runs `items` through it as the second part of a pipeline. */
  run(items: Iterable<unknown>, fn: Callback, options?: NameOptions): Promise<unknown>;
}

/** Tests that every callback which is called once per item must pass. */
export function itemCallback({
  operator,
  parameter = 'fn',
  optional,
  goOn,
  run,
}: CallbackUser): void {
  describe(`the callback of ${operator}`, () => {
    for (const wrong of [...(optional ? [] : [undefined]), null, 'text', {}]) {
      refuses(
        `${operator} refuses ${JSON.stringify(wrong)} as its ${parameter} at the call`,
        () => run([], wrong as never),
        `${operator}: ${parameter} must be a function, got ${wrong === null ? 'null' : typeof wrong}`,
      );
    }

    it(`${operator} calls fn with the item and { signal } last, and nothing after`, async () => {
      const calls: unknown[][] = [];
      const items = ['a', undefined, 0];
      await run(items, (...args) => {
        calls.push(args);
        return goOn;
      });
      expect(calls.map((args) => args.at(-2))).to.deep.equal(items);
      for (const args of calls) expect((args.at(-1) as Context).signal.aborted).to.equal(false);
    });

    it(`${operator} does not call fn without items`, async () => {
      await run([], () => expect.fail('called'));
    });

    it(`${operator} waits for a promise of fn before it asks for another item`, async () => {
      const log: string[] = [];
      const items = function* () {
        for (const item of ['a', 'b']) {
          log.push(`asked for ${item}`);
          yield item;
        }
      };
      await run(items(), async (...args) => {
        await turn();
        log.push(`done with ${args.at(-2)}`);
        return goOn;
      });
      expect(log).to.deep.equal(['asked for a', 'done with a', 'asked for b', 'done with b']);
    });

    const cause = new Error('broken on purpose');
    const failing = {
      throws: (...args: unknown[]) => {
        if (args.at(-2) === 'b') throw cause;
        return goOn;
      },
      rejects: async (...args: unknown[]) => {
        await turn();
        if (args.at(-2) === 'b') throw cause;
        return goOn;
      },
    };
    for (const [how, fn] of Object.entries(failing)) {
      it(`${operator} fails, naming itself and the item, when fn ${how}`, async () => {
        const error = await stageFailure(run(['a', 'b', 'c'], fn));
        expect(error.stage).to.deep.equal({ name: `${operator}(${how})`, position: 1 });
        expect(error).to.include({ index: 1, item: 'b', cause });
      });
    }

    it(`${operator} goes by its name option in errors`, async () => {
      const error = await stageFailure(run(['b'], failing.throws, { name: 'mine' }));
      expect(error.stage.name).to.equal('mine');
    });

    it(`${operator} goes by its own name when fn has none`, async () => {
      const error = await stageFailure(run(['b'], (...args) => failing.throws(...args)));
      expect(error.stage.name).to.equal(operator);
    });
  });
}
