import { createGzip, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { broadcast } from '../../lib/junctions/broadcast.js';
import { map } from '../../lib/operators/map.js';
import { push } from '../../lib/push/push.js';
import { count } from '../../lib/sinks/count.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection, stageFailure } from '../helpers/rejection.js';

describe('push among streams and functions of the user', () => {
  noUnhandled();
  const cause = new Error('failed on purpose');
  const refuse = () => {
    throw cause;
  };

  it('answers undefined when a stream among its stages has taken the item', async () => {
    const lines = map((x: number) => `${x}\n`);
    const producer = push(lines, createGzip(), toArray<Buffer>());
    expect(await Promise.all([producer.send(1), producer.send(2)])).to.deep.equal([
      undefined,
      undefined,
    ]);
    expect(gunzipSync(Buffer.concat(await producer.close())).toString()).to.equal('1\n2\n');
  });

  it('answers undefined when a function among its stages asks for the next item, also when it lags', async () => {
    const pairs = async function* (items: AsyncIterable<number>) {
      let held: number[] = [];
      for await (const item of items) {
        held.push(item);
        if (held.length < 2) continue;
        yield held;
        held = [];
      }
      yield held;
    };
    const producer = push(
      compose(
        map((x: number) => x),
        pairs,
      ),
      forEach((items) => items.join()),
    );
    const sends = [1, 2, 3].map((x) => producer.send(x));
    await producer.close();
    expect(await Promise.all(sends)).to.deep.equal([undefined, undefined, undefined]);
  });

  it('rejects every send when a stage with a listener fails', async () => {
    const heard: unknown[] = [];
    const listened = map<number, never>(refuse).on('error', (error) => heard.push(error));
    const producer = push(listened, toArray());
    const sends = [1, 2, 3].map((x) => stageFailure(producer.send(x)));
    const errors = await Promise.all(sends);
    for (const error of errors) expect(error).to.equal(errors[0]).and.to.include({ cause });
    expect(await rejection(producer.close())).to.equal(errors[0]);
    expect(heard).to.deep.equal([errors[0]]);
  });

  it('takes the items of a pipeline and of a broadcast, as any stream', async () => {
    const seen: number[] = [];
    const make = () =>
      push(
        map((x: number) => x * 2),
        (x) => void seen.push(x),
      );
    const producer = make();
    expect(await pipeline(range(0, 3), producer)).to.equal(undefined);
    expect(await producer.close()).to.equal(undefined);
    expect(await pipeline(range(3, 5), broadcast(make(), count()))).to.deep.equal([undefined, 2]);
    expect(seen).to.deep.equal([0, 2, 4, 6, 8]);
  });

  it('fails the pipeline that it is the sink of with its own error', async () => {
    const producer = push(refuse);
    const error = await stageFailure(pipeline(range(0, 3), producer));
    expect(error).to.include({ cause });
    expect(await rejection(producer.send(1))).to.equal(error);
  });
});
