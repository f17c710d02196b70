import { ROLES } from './kind.js';
import type { Outcome } from './run-scenario.js';
import type { Scenario } from './scenarios.js';
import type { Fate } from './watch.js';

const NORMAL = 'a normal end';

/** Scenarios in which some streams of old packages give no sign, so that no one can tell. */
const MUTE: readonly string[] = [
  'its own destruction',
  'a failure beforehand',
  'destruction beforehand',
];

/** How our run ended worse than Node's. It may not hang, even where Node's does; the rule of a scenario says what else is meant. */
export function worseEnd({ rule, title }: Scenario, ours: Outcome, node: Outcome): string[] {
  if (rule === 'an early end is success') {
    return ours.end === 'resolved' ? [] : [`${ours.end} instead of success`];
  }
  if (title === NORMAL && isWhole(ours, node)) return [];
  if (node.end === 'pending')
    return ours.end === 'pending' && !MUTE.includes(title) ? ['pending, as with Node'] : [];
  if (ours.end !== node.end)
    return isAsGood(rule, ours.end, node.end) ? [] : [`${ours.end} instead of ${node.end}`];
  const isShort = node.end === 'resolved' && ours.received < node.received;
  return isShort ? [`${ours.received} bytes instead of ${node.received}`] : [];
}

/** A normal end that Node takes for a premature close is one all the same. */
const isWhole = (ours: Outcome, node: Outcome): boolean =>
  ours.end === 'resolved' && node.end === 'closed' && ours.received >= node.received;

function isAsGood(rule: Scenario['rule'], ours: string, node: string): boolean {
  // The cause says more than what came of it.
  if (ours === 'the failure' || ours === 'the abort') return node !== 'resolved';
  const isTold = rule === 'any rejection tells of it' && ours !== 'pending';
  return isTold && (node === 'resolved' || ours !== 'resolved');
}

/** In what our run left its streams worse than Node's. Ours may close more, and leave fewer listeners. */
export function worseFates(scenario: Scenario, ours: Outcome, node: Outcome): string[] {
  // What never ends leaves everything as it is.
  if (node.end === 'pending' || ours.end === 'pending' || isWhole(ours, node)) return [];
  return ROLES.flatMap((role) => {
    const [mine, theirs] = [ours.fates[role], node.fates[role]];
    if (!mine || !theirs) return [];
    return [
      // After a normal end a stream destroys itself, in its own time.
      ...(theirs.isDestroyed && !mine.isDestroyed && scenario.title !== NORMAL
        ? ['is not destroyed']
        : []),
      ...(mine.isOpen && !theirs.isOpen ? ['is left open'] : []),
      ...worseError(scenario, mine, theirs),
      ...mine.left.filter((event) => !theirs.left.includes(event)).map((event) => `keeps ${event}`),
    ].map((what) => `the ${role} ${what}`);
  });
}

function worseError({ rule, title }: Scenario, { given = 'none' }: Fate, node: Fate): string[] {
  if (title === NORMAL) return [];
  // An early end is no failure with us; and what is destroyed beforehand is refused by some versions before they begin.
  if (rule || (node.given ?? 'none') === 'none') return [];
  const isSame = node.given === 'the failure' || node.given === 'the abort';
  const isWorse = isSame ? given !== node.given : given === 'none';
  return isWorse ? [`is destroyed with ${given} instead of ${node.given}`] : [];
}
