import { expect } from 'chai';
import { badUsage, done, failed, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const library = JSON.stringify(new URL('../../../lib/index.js', import.meta.url).href);
const items = '{"a":1}\n{"a":2}\n';
const SHAPE = 'must export by default an array of stages, or a function that makes one or several';

describe('loadModule', () => {
  const folder = new Folder();

  for (const [title, code] of [
    ['a function that makes a stage', 'export default () => map(r => r.a);'],
    ['a function that makes a plain function', 'export default () => r => r.a;'],
    ['a function that makes several', 'export default () => [map(r => r.a), filter(x => x > 0)];'],
    ['an async function', 'export default async () => [map(r => r.a)];'],
    ['an array', 'export default [map(r => r.a), x => x];'],
  ] as const) {
    it(`-m takes ${title} for stages before the others`, async () => {
      folder.write('stages.mjs', `import { filter, map } from ${library};\n${code}`);
      const args = ['-m', 'stages.mjs', 'map(x => x * 10)'];
      expect(await sluice(folder, args, items)).to.deep.equal(done('10\n20\n'));
    });
  }

  it('-m hands the library to a function, so that the module need not find it', async () => {
    folder.write('stages.mjs', 'export default ({ batch, map }) => [map(r => r.a), batch(2)];');
    expect(await sluice(folder, ['-m', 'stages.mjs'], items)).to.deep.equal(done('[1,2]\n'));
  });

  it('-m takes TypeScript where Node strips types, and says so where it does not', async () => {
    folder.write('stages.ts', 'export default (): unknown => [(r: { a: number }): number => r.a];');
    const version = process.versions.node;
    expect(await sluice(folder, ['-m', 'stages.ts'], items)).to.deep.equal(
      (process.features as { typescript?: string | false }).typescript
        ? done('1\n2\n')
        : failed(`stages.ts: TypeScript needs Node 22.18 or later; this is Node ${version}`),
    );
  });

  it('-m takes a sink for the end of the line', async () => {
    folder.write('stages.mjs', `import { count } from ${library};\nexport default () => count();`);
    expect(await sluice(folder, ['-m', 'stages.mjs'], items)).to.deep.equal(done('2\n'));
  });

  for (const [title, code, outcome] of [
    ['nothing', '', badUsage(`stages.mjs ${SHAPE}`)],
    ['an object', 'export default {};', badUsage(`stages.mjs ${SHAPE}`)],
    ['a throw', 'throw new Error("up");', failed('stages.mjs: up')],
    [
      'a function that throws',
      'export default () => { throw new Error("up"); };',
      failed('stages.mjs: up'),
    ],
    [
      'a function that never answers',
      'export default () => new Promise(() => {});',
      failed('stages.mjs: waits for something that can never come'),
    ],
    [
      'a stage that fails',
      'export default [r => r, r => r.a.b.c];',
      failed(
        "stage 2 of stages.mjs failed on item 1 (stdin, line 1): Cannot read properties of undefined (reading 'c')",
      ),
    ],
  ] as const) {
    it(`-m refuses or names ${title}`, async () => {
      folder.write('stages.mjs', code);
      expect(await sluice(folder, ['-m', 'stages.mjs'], items)).to.deep.equal(outcome);
    });
  }

  it('-m says what is no stage', async () => {
    folder.write('stages.mjs', 'export default [r => r, 42];');
    const { code, stderr } = await sluice(folder, ['-m', 'stages.mjs'], items);
    expect(stderr).to.match(/^sluice: stage 2 of stages\.mjs is a number, not a stage; /);
    expect(code).to.equal(2);
  });

  it('-m names a file that is missing', async () => {
    expect(await sluice(folder, ['-m', 'no.mjs'])).to.deep.equal(failed('no.mjs: no such file'));
  });
});
