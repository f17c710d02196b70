import { spawnSync } from 'node:child_process';
import { expect } from 'chai';

const index = new URL('../lib/index.js', import.meta.url).href;

/** The modules of Node's own that a program has loaded at its end. */
function builtins(program: string): string[] {
  const script = `${program}\nconsole.log(JSON.stringify(process.moduleLoadList));`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return JSON.parse(stdout) as string[];
}

describe("import 'sluice'", () => {
  it("import 'sluice' loads none of Node's web streams", () => {
    const before = new Set(builtins(''));
    const loaded = builtins(`await import(${JSON.stringify(index)});`);
    const added = loaded.filter((name) => !before.has(name));
    expect(added).to.include('NativeModule stream');
    expect(added.filter((name) => name.includes('webstreams'))).to.deep.equal([]);
  });
});
