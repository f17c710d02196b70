import { expect } from 'chai';
import { blamedPlace } from '../../../lib/cli/expressions/blamed-place.js';
import { evaluate } from '../../../lib/cli/expressions/expression.js';
import { done, failed, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

/** What is shown of the place where a function of an expression throws. */
async function placeIn(text: string): Promise<string | undefined> {
  const fn = (await evaluate(text, 'stage 1', {})) as () => unknown;
  try {
    await fn();
  } catch (error) {
    return blamedPlace(text, 'stage 1', error);
  }
  return 'did not throw';
}

describe('blamedPlace', () => {
  const folder = new Folder();

  for (const [title, text, place] of [
    [
      'what throws',
      '() => { throw new Error("up"); }',
      '  () => { throw new Error("up"); }\n                ^',
    ],
    [
      'what called a function of Node that threw',
      '() => JSON.parse("{")',
      '  () => JSON.parse("{")\n             ^',
    ],
    ['the line of many', '() =>\n  null.a', '  () =>\n    null.a\n         ^'],
    [
      'behind an await',
      'async () => { await null; null.a }',
      '  async () => { await null; null.a }\n                                 ^',
    ],
    [
      'behind an import',
      'async () => (await import("node:path")).no.a',
      '  async () => (await import("node:path")).no.a\n                                             ^',
    ],
  ] as const) {
    it(`a caret stands under ${title}`, async () => {
      expect(await placeIn(text)).to.equal(place);
    });
  }

  it('an error that has not passed through the expression has no place in it', () => {
    for (const error of [new Error('up'), 'up', null, { stack: 1 }])
      expect(blamedPlace('() => 1', 'stage 1', error)).to.equal(undefined);
  });

  it('a place in stage 11 is none in stage 1', async () => {
    const text = '() => null.a';
    const fn = (await evaluate(text, 'stage 11', {})) as () => unknown;
    expect(fn)
      .to.throw()
      .and.satisfy((error: unknown) => {
        expect(blamedPlace(text, 'stage 11', error)).to.be.a('string');
        return blamedPlace(text, 'stage 1', error) === undefined;
      });
  });

  it('a stage of --tee has its place shown, and the file that is not whole told', async () => {
    const { code, stdout, stderr } = await sluice(
      folder,
      ['--tee', 'a.txt=r => r.b.c'],
      '{"a":1}\n',
    );
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '{"a":1}\n' });
    expect(stderr).to.match(
      /^sluice: --tee a\.txt failed on item 1: .* \(reading 'c'\)\n {2}r => r\.b\.c\n {11}\^\n/,
    );
  });

  it('what fails outside of expressions is named in full', async () => {
    const stage = 'map(JSON.parse)';
    expect(await sluice(folder, [stage], '"1"\n')).to.deep.equal(done('1\n'));
    const { stderr } = await sluice(folder, [stage], '"{"\n');
    expect(stderr).to.match(
      /^sluice: stage 1 `map\(JSON\.parse\)` failed on item 1 \(stdin, line 1\): .*\n$/,
    );
    expect(await sluice(folder, ['map(() => null)'], '1\n')).to.deep.equal(
      failed(
        'stage 1 `map(() => null)` failed on item 1 (stdin, line 1): null cannot be an item of a Node stream; use undefined, or drop it with filter',
      ),
    );
  });
});
