import { expect } from 'chai';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import type { Sink } from '../../lib/streams/sink.js';
import { Counted } from './counted.js';
import { nodeRun } from './node-run.js';

/** A sink that has its result after `asked` of the numbers 0, 1, 2... asks for no more and closes its input. */
export function endsEarly<R>(
  title: string,
  make: () => Sink<number, R>,
  asked: number,
  result: R,
): void {
  for (const kind of ['items', 'later'] as const) {
    it(`${title} without asking for one more, and its input is closed (${kind})`, async () => {
      const counted = new Counted();
      expect(await pipeline(counted[kind](), make())).to.equal(result);
      expect(counted).to.deep.equal({ asked, closed: true });
    });
  }

  it(`${title}, which ends an endless source in Node's pipeline`, async () => {
    const sink = make();
    await nodeRun([range(0, Number.POSITIVE_INFINITY), sink]);
    expect(await sink.result()).to.equal(result);
  });
}
