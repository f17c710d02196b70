import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { compilations, isFor } from '../../scripts/types/compilation.js';

const tests = readdirSync('test/types');

describe('the matrix of types', () => {
  it('has every Node and TypeScript, but for declarations that the compiler cannot read', () => {
    const all = compilations([]).map(({ node, typescript }) => `${node} by ${typescript}`);
    expect(all).to.have.length(11).and.to.not.include('26 by 5.4');
    expect(compilations(['25']).map(({ typescript }) => typescript)).to.deep.equal([
      '5.4',
      '5.9',
      '7',
    ]);
  });

  it('leaves out of the older compilers only what they cannot know', () => {
    const left = (typescript: string) => tests.filter((file) => !isFor(typescript, file));
    expect(['5.4', '5.9', '7'].map(left)).to.deep.equal([['inferred-guards.test.ts'], [], []]);
  });
});
