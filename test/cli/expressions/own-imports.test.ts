import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { badUsage, done, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

describe('ownImports', () => {
  const folder = new Folder();

  beforeEach(() => folder.write('tax.mjs', 'export const gross = (x) => x * 2;\n'));

  it('an expression imports a module from the working folder', async () => {
    const text = '(await import("./tax.mjs")).gross';
    expect(await sluice(folder, [text], '1\n2\n')).to.deep.equal(done('2\n4\n'));
  });

  it('an expression imports a package of the working folder', async () => {
    mkdirSync(join(folder.path, 'node_modules', 'tax'), { recursive: true });
    folder.write('node_modules/tax/index.js', 'exports.gross = (x) => x * 2;\n');
    const text = '(await import("tax")).gross';
    expect(await sluice(folder, [text], '1\n2\n')).to.deep.equal(done('2\n4\n'));
  });

  it("an expression imports Node's own modules, in a callback too", async () => {
    const text = 'async path => (await import("node:path")).posix.basename(path)';
    expect(await sluice(folder, ['-t', 'lines', text], '"a/b"\n')).to.deep.equal(done('b\n'));
  });

  it('what looks like an import in a text is left as it is', async () => {
    expect(await sluice(folder, ['() => "import(1)"'], '1\n')).to.deep.equal(done('"import(1)"\n'));
  });

  it('a module that is missing is bad usage', async () => {
    const { code, stdout, stderr } = await sluice(folder, ['import("./no.mjs")'], '1\n');
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr).to.match(
      /^sluice: stage 1 `import\("\.\/no\.mjs"\)`: Cannot find module .*no\.mjs/,
    );
  });

  it('an import that does not parse has its caret', async () => {
    expect(await sluice(folder, ['import("./tax.mjs"'], '1\n')).to.deep.equal(
      badUsage(
        'stage 1 does not parse: it ends too early\n  import("./tax.mjs"\n                    ^',
      ),
    );
  });
});
