import { expect } from 'chai';
import {
  compareStages,
  keyText,
  placed,
  type SideLine,
  type StageRef,
  stageRef,
} from '../../../lib/core/base/stage-ref.js';

const broadcast = stageRef('broadcast', 3);
const branch = (stage: StageRef, at: number, key?: string): SideLine =>
  key === undefined ? { stage, side: 'branch', at } : { stage, side: 'branch', at, key };
const nested = stageRef('groupBy', 2, branch(broadcast, 1));
const zip = stageRef('zip', 0);

const said: Record<string, StageRef> = {
  'map(parse) (stage 2)': stageRef('map(parse)', 2),
  'map(parse) (stage 2 of branch 1 of broadcast, stage 3)': stageRef(
    'map(parse)',
    2,
    branch(broadcast, 1),
  ),
  "count (stage 1 of branch 'eu' of groupBy, stage 2 of branch 1 of broadcast, stage 3)": stageRef(
    'count',
    1,
    branch(nested, 7, "'eu'"),
  ),
  'from (stage 0 of input 1 of zip, stage 0)': stageRef('from', 0, {
    stage: zip,
    side: 'input',
    at: 1,
  }),
  'forEach (stage 1 of the dead letter of map(parse), stage 2)': stageRef('forEach', 1, {
    stage: stageRef('map(parse)', 2),
    side: 'dead letter',
    at: 0,
  }),
};

describe('the place of a stage', () => {
  for (const [text, ref] of Object.entries(said)) {
    it(`reads ${text}`, () => {
      expect(placed(ref)).to.equal(text);
    });
  }

  it('names a key on one line, and not at length', () => {
    const text = keyText({ region: { name: 'eu' }, text: 'x'.repeat(99) });
    expect(text).to.equal(`{ region: [Object], text: '${'x'.repeat(40)}'... 59 more characters }`);
  });

  it('orders stages as items pass them, whatever the depth', () => {
    const input = (at: number, position: number) =>
      stageRef('input', position, { stage: zip, side: 'input', at });
    const inOrder = [
      input(0, 0),
      input(0, 1),
      input(1, 0),
      zip,
      stageRef('map', 1),
      broadcast,
      stageRef('branch', 0, branch(broadcast, 0)),
      stageRef('branch', 0, branch(broadcast, 1)),
      nested,
      stageRef('branch', 0, branch(nested, 0)),
    ];
    expect([...inOrder].reverse().sort(compareStages)).to.deep.equal(inOrder);
  });
});
