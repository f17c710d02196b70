import { expect } from 'chai';
import { balance } from '../../lib/junctions/balance.js';
import { branch } from '../../lib/junctions/branch.js';
import { broadcast } from '../../lib/junctions/broadcast.js';
import { partition } from '../../lib/junctions/partition.js';
import { take } from '../../lib/operators/take.js';
import { push } from '../../lib/push/push.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import type { Sink } from '../../lib/streams/sink.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

const none = () => compose(take<number>(0), toArray());
const even = (x: number) => x % 2 === 0;
const fulfilled = { status: 'fulfilled', value: [], dropped: 0 };

const wantNothing: Record<string, readonly [make: () => Sink<number, unknown>, result: unknown]> = {
  branch: [() => branch(none()), fulfilled],
  broadcast: [() => broadcast(none(), none()), [[], []]],
  'broadcast, of branches with a policy': [
    () => broadcast(none(), branch(none(), { when: 'drop-newest' })),
    [[], fulfilled],
  ],
  partition: [() => partition(even, none(), none()), [[], []]],
  'partition, by a policy': [() => partition(even, none(), none(), { onError: 'skip' }), [[], []]],
  balance: [() => balance(none(), none()), [[], []]],
  'a branch of a branch': [() => broadcast(balance(none(), none())), [[[], []]]],
};

describe('branches that all want nothing', () => {
  noUnhandled();

  for (const [name, [make, result]] of Object.entries(wantNothing)) {
    it(`let ${name} ask for no item`, async () => {
      const counted = new Counted();
      expect(await pipeline(counted.items(), make())).to.deep.equal(result);
      expect(counted.asked).to.equal(0);
    });

    it(`let ${name} ask for no item of a traced run`, async () => {
      const counted = new Counted();
      await pipeline(counted.items(), make(), { trace: () => {} });
      expect(counted.asked).to.equal(0);
    });

    it(`let ${name} refuse what is sent`, async () => {
      const producer = push(make());
      const error = await rejection(producer.send(1));
      expect(error).to.have.property('code', 'ERR_SLUICE_CLOSED');
      expect(await producer.close()).to.deep.equal(result);
    });
  }

  it('do not keep another from getting all', async () => {
    const sink = broadcast(none(), toArray(), balance(none(), drain()));
    const [nothing, all] = await pipeline([1, 2, 3], sink);
    expect([nothing, all]).to.deep.equal([[], [1, 2, 3]]);
  });
});
