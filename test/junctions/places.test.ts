import { expect } from 'chai';
import { placed, type StageRef } from '../../lib/core/base/stage-ref.js';
import {
  balance,
  branch,
  broadcast,
  compose,
  concat,
  deadLetter,
  drain,
  forEach,
  groupBy,
  hub,
  join,
  map,
  mergeSorted,
  partition,
  pipeline,
  push,
  race,
  range,
  type TraceEvent,
  tee,
  toArray,
  zip,
} from '../../lib/index.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { stageFailure } from '../helpers/rejection.js';

const cause = new Error('on purpose');
const refuse = (): never => {
  throw cause;
};
const refusing = () => compose(map(refuse), toArray());
const input = () => compose([1], map(refuse));

const failing: Record<string, readonly [run: () => Promise<unknown>, place: string]> = {
  broadcast: [
    () => pipeline([1], map(String), broadcast(drain(), refusing())),
    'stage 1 of branch 1 of broadcast, stage 2',
  ],
  'broadcast, with a policy': [
    () => pipeline([1], broadcast(drain(), branch(refusing()))),
    'stage 1 of branch 1 of broadcast, stage 1',
  ],
  branch: [() => pipeline([1], branch(refusing())), 'stage 1 of branch 0 of branch, stage 1'],
  balance: [() => pipeline([1], balance(refusing())), 'stage 1 of branch 0 of balance, stage 1'],
  'partition, by a predicate': [
    () =>
      pipeline(
        [1],
        partition(() => false, drain(), refusing()),
      ),
    'stage 1 of branch false of partition, stage 1',
  ],
  'partition, by a key': [
    () =>
      pipeline(
        ['a'],
        partition(() => 'odd', { odd: refusing(), otherwise: drain() }),
      ),
    "stage 1 of branch 'odd' of partition, stage 1",
  ],
  groupBy: [
    () =>
      pipeline(
        ['a', 'b'],
        groupBy(String, (key) => (key === 'a' ? toArray() : refusing())),
      ),
    "stage 1 of branch 'b' of groupBy(String), stage 1",
  ],
  hub: [
    () => {
      const all = hub<number>();
      all.join(drain());
      all.join(refusing());
      return pipeline([1], all);
    },
    'stage 1 of branch 1 of hub, stage 1',
  ],
  'a branch of a branch': [
    () => pipeline([1], broadcast(drain(), compose(map(String), balance(refusing())))),
    'stage 1 of branch 0 of balance, stage 2 of branch 1 of broadcast, stage 1',
  ],
  zip: [() => pipeline(zip([1], input()), drain()), 'stage 1 of input 1 of zip, stage 0'],
  concat: [() => pipeline(concat([1], input()), drain()), 'stage 1 of input 1 of concat, stage 0'],
  race: [() => pipeline(race([], input()), drain()), 'stage 1 of input 1 of race, stage 0'],
  join: [
    () => pipeline(join([1], input(), { on: (x) => x }), drain()),
    'stage 1 of input 1 of join, stage 0',
  ],
  mergeSorted: [
    () => pipeline(mergeSorted([1], input()), drain()),
    'stage 1 of input 1 of mergeSorted, stage 0',
  ],
  'an input of an input': [
    () => pipeline(zip([1], zip([1], input())), drain()),
    'stage 1 of input 1 of zip, stage 0 of input 1 of zip, stage 0',
  ],
  tee: [
    () => pipeline(zip(...tee(input())), drain()),
    'stage 1 of input 0 of tee, stage 0 of input 0 of zip, stage 0',
  ],
  'a dead letter': [
    () =>
      pipeline(
        [1],
        map(String),
        map(refuse, { onError: deadLetter(refusing()), name: 'mine' }),
        drain(),
      ),
    'stage 1 of the dead letter of mine, stage 2',
  ],
  push: [() => push(broadcast(refusing())).send(1), 'stage 1 of branch 0 of broadcast, stage 1'],
};

describe('the place of a stage off the main line', () => {
  noUnhandled();

  for (const [where, [run, place]] of Object.entries(failing)) {
    it(`is told by its error: in ${where}`, async () => {
      const error = await stageFailure(run());
      expect(error.message).to.match(/^map\(refuse\) \(.*\) failed on item 0: on purpose$/);
      expect(placed(error.stage)).to.equal(`map(refuse) (${place})`);
      expect(error.cause).to.equal(cause);
    });
  }

  it('blames the junction itself at its own place', async () => {
    const keys = join([1], [1], { on: refuse });
    const error = await stageFailure(pipeline(zip([1], keys), drain()));
    expect(placed(error.stage)).to.equal('join (stage 0 of input 1 of zip, stage 0)');
  });

  it('survives JSON, as part of an error in a log', async () => {
    const error = await stageFailure(
      pipeline(
        [1n],
        groupBy((x) => x, refusing),
      ),
    );
    const { stage } = JSON.parse(JSON.stringify(error)) as { stage: StageRef };
    expect(stage).to.deep.equal(error.stage);
    expect(stage.within).to.have.property('key', '1n');
  });

  it('is another for each stage of a run, by its trace', async () => {
    const stages = new Set<StageRef>();
    const trace = ({ stage }: TraceEvent) => void stages.add(stage);
    const same = () => compose(map(String), map(Number));
    const source = () => compose(range(0, 9), same());
    const fork = () => balance(compose(same(), toArray()), compose(same(), toArray()));
    const onError = deadLetter(
      compose(
        same(),
        forEach(() => {}),
      ),
    );
    const [left, right] = tee(source());
    const odd = (x: number) => x % 2 === 1;
    await pipeline(
      zip(concat(source(), source()), zip(left, right)),
      map(([x]) => x),
      map(refuse, { onError }),
      same(),
      broadcast(
        fork(),
        fork(),
        compose(same(), groupBy(odd, fork)),
        partition(odd, fork(), fork()),
      ),
      { trace },
    );
    const places = [...stages].map(placed);
    expect(new Set(places).size).to.equal(places.length);
    expect(places).to.have.length.above(60);
  });

  it('is that of one and the same object in all that a run tells of a stage', async () => {
    const stages = new Set<StageRef>();
    const trace = ({ stage }: TraceEvent) => void stages.add(stage);
    const error = await stageFailure(pipeline([1], broadcast(refusing()), { trace }));
    expect([...stages]).to.include(error.stage);
  });
});
