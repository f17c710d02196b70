import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { AbortError, AsyncError, StageError } from '../../lib/core/base/errors.js';
import { deadLetter } from '../../lib/junctions/dead-letter.js';
import { drop } from '../../lib/operators/drop.js';
import { take } from '../../lib/operators/take.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { generate } from '../../lib/sources/generate.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { sourceGives } from '../helpers/gives.js';
import { refuses } from '../helpers/refuses.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

interface Node {
  readonly value: string;
  readonly next: Node | null;
}

const list: Node = { value: 'a', next: { value: 'b', next: null } };

describe('generate', () => {
  sourceGives(
    'generate(initial, next) gives initial and then what next makes of each item, until null',
    () => generate(1, (x) => (x < 8 ? x * 2 : null)),
    [1, 2, 4, 8],
  );
  sourceGives(
    'generate(initial, next) waits for promises, of null too',
    () =>
      generate(1, async (x) => {
        await turn();
        return x < 8 ? x * 2 : null;
      }),
    [1, 2, 4, 8],
  );
  sourceGives(
    'generate(initial, next) takes plain values and promises in turn',
    () => generate(0, (x) => (x === 4 ? null : x % 2 === 0 ? Promise.resolve(x + 1) : x + 1)),
    [0, 1, 2, 3, 4],
  );
  sourceGives(
    'generate(node, next) walks a linked list',
    () => generate(list, ({ next }) => next),
    [list, list.next],
  );
  sourceGives('generate(null, next) is empty', () => generate<Node>(null, ({ next }) => next), []);
  sourceGives(
    'generate(initial, next) gives undefined, 0 and "" like any item',
    () => generate<unknown>(undefined, (x) => (x === undefined ? 0 : x === 0 ? '' : null)),
    [undefined, 0, ''],
  );

  it('generate(initial, next) never ends without a null', () => {
    const doubles = generate(1, (x) => x * 2);
    expect([...pull(doubles, drop(10), take(2))]).to.deep.equal([1024, 2048]);
  });

  for (const [how, answer] of [
    ['values', (x: number) => x + 1],
    ['promises', async (x: number) => x + 1],
  ] as const) {
    it(`generate(initial, next) calls next only when the item after is asked for (${how})`, async () => {
      const calls: number[] = [];
      const source = generate(0, (x) => {
        calls.push(x);
        return answer(x);
      });
      expect(await pipeline(source, take(4), toArray())).to.deep.equal([0, 1, 2, 3]);
      expect(calls).to.deep.equal([0, 1, 2]);
    });
  }

  it('generate(initial, next) does not call next again after null', async () => {
    let calls = 0;
    const source = generate('only', () => {
      calls += 1;
      return null;
    });
    expect([...pull(source)]).to.deep.equal(['only']);
    expect(calls).to.equal(1);
  });

  for (const next of [undefined, null, 5, {}]) {
    refuses(
      `generate(initial, ${JSON.stringify(next)}) is refused at the call`,
      () => generate(0, next as never),
      `generate: next must be a function, got ${next === null ? 'null' : typeof next}`,
    );
  }

  const cause = new Error('broken on purpose');
  const failing = {
    throws: () => {
      throw cause;
    },
    rejects: () => Promise.reject(cause),
  };
  for (const [how, next] of Object.entries(failing)) {
    it(`generate(initial, next) fails, naming itself, when next ${how}`, async () => {
      const error = await stageFailure(pipeline(generate(0, next), drain()));
      expect(error.stage).to.deep.equal({ name: `generate(${how})`, position: 0 });
      expect(error).to.include({ index: 1, cause });
    });
  }

  for (const [how, failing] of Object.entries({
    throws: () => {
      throw new Error('broken on purpose');
    },
    rejects: () => Promise.reject(new Error('broken on purpose')),
  })) {
    sourceGives(
      `generate(initial, next, { onError }) goes on from what onError answers when next ${how}`,
      () =>
        generate(1, (x) => (x === 2 ? failing() : x < 21 ? x + 1 : null), {
          onError: (error, x) => ((error as Error).message === 'broken on purpose' ? x * 10 : null),
        }),
      [1, 2, 20, 21],
    );
  }

  it('generate(initial, next, { onError }) ends with the null that onError answers', async () => {
    const next = (): never => {
      throw new Error('broken on purpose');
    };
    expect(await pipeline(generate(1, next, { onError: () => null }), toArray())).to.deep.equal([
      1,
    ]);
  });

  refuses(
    'generate(initial, next, { onError }) can not skip, as the next item is made of the one before',
    () => generate(1, (x) => x, { onError: 'skip' as never }),
    "generate: onError must be 'fail' or a function",
  );

  refuses(
    'generate(initial, next, { onError }) can not use a deadLetter either',
    () => generate(1, (x) => x, { onError: deadLetter(drain()) as never }),
    "generate: onError must be 'fail' or a function",
  );

  it('generate(initial, next, { name }) goes by that name in errors', async () => {
    const error = await stageFailure(
      pipeline(generate(0, failing.throws, { name: 'ids' }), drain()),
    );
    expect(error.stage.name).to.equal('ids');
  });

  it('generate(initial, next) tells next by the signal that the run was aborted', async () => {
    const controller = new AbortController();
    let signal: AbortSignal | undefined;
    const never = generate(0, (_x, context) => {
      signal = context.signal;
      controller.abort();
      return new Promise<number>(() => {});
    });
    const error = await rejection(pipeline(never, drain(), { signal: controller.signal }));
    expect(error).to.be.instanceOf(AbortError);
    expect(signal?.aborted).to.equal(true);
  });

  it('generate(initial, next) cannot wait in pull', () => {
    const items = pull(generate(0, async (x) => x + 1));
    expect(items.next().value).to.equal(0);
    expect(() => items.next())
      .to.throw(StageError)
      .with.property('cause')
      .that.is.instanceOf(AsyncError);
  });

  it('generate infers its items', async () => {
    typed<number[]>()(
      await pipeline(
        generate(1, (x) => (typed<number>()(x) < 3 ? x + 1 : null)),
        toArray(),
      ),
    );
    typed<string[]>()(
      await pipeline(
        generate('', async (text) => (text.length < 3 ? `${text}.` : null)),
        toArray(),
      ),
    );
  });
});
