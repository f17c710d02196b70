import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type Label, type Operator, operators } from '../../scripts/docs/operators.js';
import { optionRows } from '../helpers/option-rows.js';

/** The contract lines that a doc comment must have, by kind. */
const NEEDED: Readonly<Record<string, readonly Label[]>> = {
  'what runs': ['Ends', 'Fails'],
  'a source': ['Emits', 'Ends'],
  'a stage': ['Emits'],
  'a junction of sources': ['Emits', 'Holds', 'Ends', 'Fails'],
  'a junction of sinks': ['Emits', 'Holds', 'Waits', 'Ends', 'Fails'],
  'a format': ['Emits', 'Holds', 'Ends', 'Fails'],
  'a sink': ['Holds'],
};

const KINDS: Readonly<Record<string, string>> = {
  streams: 'what runs',
  push: 'what runs',
  sources: 'a source',
  operators: 'a stage',
  formats: 'a format',
  sinks: 'a sink',
};

function kindOf({ room, signatures: [first = ''] }: Operator): string {
  const joins = /\): (?:Source|Branches)</.test(first);
  return KINDS[room] ?? (joins ? 'a junction of sources' : 'a junction of sinks');
}

/** Options that mean the same everywhere. docs/operators.md explains them once. */
const COMMON = new Set(['name', 'signal', 'stop', 'trace', 'onStall']);
const POLICIES = new Set(['onError', 'retry']);

const wordsOf = (text: string): Set<string> =>
  new Set([...text.matchAll(/`(\w+)/g)].map(([, word = '']) => word));

describe('the doc comments', () => {
  const all = operators();

  it('are there for more than sixty functions', () => {
    expect(all.length).to.be.above(60);
  });

  it('are of just the functions that docs/guide.md lists', () => {
    const table = readFileSync('docs/guide.md', 'utf8').match(/^\| \w[\w ]* \| `.*$/gm) ?? [];
    const listed = [...table.join(' ').matchAll(/`(\w+)[`(]/g)].map(([, name]) => name);
    expect(new Set(listed)).to.deep.equal(new Set(all.map(({ name }) => name)));
  });

  for (const operator of all) {
    const { name, prose, contract, params, parameters, options, example } = operator;
    const kind = kindOf(operator);
    const known = Object.keys(optionRows[name]?.all ?? {}).filter((one) => !COMMON.has(one));
    const calls = known.includes('retry');

    it(`of ${name} says what comes out, and what ${kind} does`, () => {
      expect(prose[0]).to.match(/\w.*\.$/);
      const needed = [...(NEEDED[kind] ?? []), ...(calls ? (['Waits', 'Fails'] as const) : [])];
      expect([...contract.keys()]).to.include.members(needed);
      for (const text of contract.values()) expect(text).to.match(/\.$/);
    });

    it(`of ${name} explains every parameter and option, and shows it at work`, () => {
      const positional = parameters.filter((one) => one !== 'options' && one !== 'sources');
      expect([...params.keys()]).to.include.members(positional);
      const said = [...params.values(), ...options.values(), ...prose].join(' ');
      const theirs = all.filter((other) => said.includes(`those of \`${other.name}\``));
      const explained = wordsOf(
        [said, ...theirs.flatMap((other) => [...other.params.values()])].join(' '),
      );
      const unexplained = known.filter((one) => !options.has(one) && !explained.has(one));
      expect(unexplained).to.deep.equal([]);
      if (calls) expect([...explained]).to.include.members([...POLICIES]);
      const refusals = [...operator.throws, operator.returns].join(' ');
      if (positional.length + known.length > 0) expect(refusals).to.include('ERR_SLUICE_ARGUMENT');
      expect(example.some((line) => line.includes(' // '))).to.equal(true);
    });
  }
});
