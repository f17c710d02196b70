import { expect } from 'chai';
import { leavesNoHandle } from '../../../lib/testing/harness/handles.js';
import { Unhandled } from '../../../lib/testing/harness/unhandled.js';
import { worseEnd, worseFates } from './compare.js';
import { type Engine, node, ours } from './engines.js';
import { errorName } from './failure.js';
import { type Kind, ROLES, type Role } from './kind.js';
import { type Outcome, runScenario } from './run-scenario.js';
import { type Scenario, scenarios } from './scenarios.js';

interface Case {
  readonly kind: Kind;
  readonly role: Role;
  readonly scenario: Scenario;
}

/** Runs every scenario over kinds of streams, first with Node's pipeline, then with ours. All at once: most of it is waiting. */
export function compareWithNode(kinds: readonly Kind[]): void {
  const cases = kinds.flatMap(casesOf);
  const outcomes = new Map<Engine, Map<Case, Outcome>>();
  let closed: Promise<void> | undefined;
  const unhandled = new Map<Engine, readonly unknown[]>();

  async function runAll(engine: Engine): Promise<void> {
    const collected = new Unhandled();
    const each = cases.map(async (one) => [one, await outcomeOf(one, engine)] as const);
    outcomes.set(engine, new Map(await Promise.all(each)));
    unhandled.set(engine, collected.stop());
  }

  before(async () => {
    await runAll(node);
    closed = leavesNoHandle(() => runAll(ours));
    await closed.catch(() => {});
  });

  for (const one of cases) {
    const place = `${one.kind.name}, ${one.role}`;
    it(`${place}: ${one.scenario.title}`, () => {
      const mine = outcomes.get(ours)?.get(one);
      const theirs = outcomes.get(node)?.get(one);
      if (!mine || !theirs) throw new Error('it has not run');
      const { scenario } = one;
      expect(worseEnd(scenario, mine, theirs)).to.deep.equal([]);
      expect(worseFates(scenario, mine, theirs)).to.deep.equal([]);
    });
  }

  it('leave nothing that keeps the process alive', () => closed);

  it("leave no error unhandled that is heard by Node's pipeline", () => {
    // The failures of parts within a stream are not ours to hear, and Node doesn't either.
    const names = (unhandled.get(node) ?? []).map(errorName);
    const more = (unhandled.get(ours) ?? []).filter((each) => !names.includes(errorName(each)));
    expect(more.map((each) => (each as Error).stack ?? each)).to.deep.equal([]);
  });
}

const outcomeOf = ({ kind, role, scenario }: Case, engine: Engine): Promise<Outcome> =>
  runScenario(kind, role, scenario, engine);

const casesOf = (kind: Kind): Case[] =>
  ROLES.filter((role) => kind[role]).flatMap((role) =>
    scenarios
      .filter(({ roles = ROLES, title }) => roles.includes(role) && !leavesOut(kind, role, title))
      .map((scenario) => ({ kind, role, scenario })),
  );

const leavesOut = ({ without = [] }: Kind, role: Role, title: string): boolean =>
  without.includes(title) || without.includes(`${role}: ${title}`);
