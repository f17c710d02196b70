import { expect } from 'chai';
import { node, ours } from './engines.js';
import { http2Scripts } from './http2-scripts.js';
import { scripts } from './scripts.js';

describe("a script of ten lines, beside Node's pipeline", () => {
  const all = [...scripts, ...http2Scripts];
  const outcomes = new Map<string, { readonly theirs: string; readonly mine: string }>();

  before(async () => {
    const theirs = await Promise.all(all.map(({ run }) => run(node)));
    const mine = await Promise.all(all.map(({ run }) => run(ours)));
    for (const [at, { title }] of all.entries())
      outcomes.set(title, { theirs: theirs[at] ?? '', mine: mine[at] ?? '' });
  });

  for (const { title, meant } of all) {
    it(title, () => {
      const { theirs, mine } = outcomes.get(title) ?? {};
      const wanted = meant ?? theirs;
      expect(mine).to.equal(wanted);
    });
  }
});
