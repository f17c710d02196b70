import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { expect } from 'chai';

interface Block {
  readonly language: string;
  readonly code: string;
  readonly output: string | undefined;
}

/** Fenced blocks; a `text` block is the output of the one before it. */
function blocks(markdown: string): Block[] {
  const fences = [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return fences.flatMap(([, language = '', code = ''], at) => {
    if (language === 'text') return [];
    const next = fences[at + 1];
    return [{ language, code, output: next?.[1] === 'text' ? next[2] : undefined }];
  });
}

describe('README.md', () => {
  // Inside the package folder, so that `import 'sluice'` is this very package.
  let folder = '';
  before(() => {
    folder = mkdtempSync(resolve('dist', 'readme-'));
    symlinkSync(resolve('dist/lib/cli/main.js'), join(folder, 'sluice'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const shown = blocks(readFileSync('README.md', 'utf8'));

  it('shows the output of every block but the two command lines that install', () => {
    const silent = shown.filter(({ output }) => output === undefined);
    expect(silent.map(({ code }) => code.split(/ {2,}|\n/)[0])).to.deep.equal([
      'npm install && npm start',
    ]);
  });

  for (const { language, code, output } of shown) {
    if (output === undefined) continue;
    const title = code.trim().split('\n').at(-1);
    it(`prints what it says: ${title}`, () => {
      const file = join(folder, 'block.mjs');
      if (language === 'js') writeFileSync(file, code);
      const [command, args] =
        language === 'js' ? [process.execPath, [file]] : ['bash', ['-ec', code]];
      const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH']}` };
      const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', env });
      expect({ stdout, stderr, status }).to.deep.equal({ stdout: output, stderr: '', status: 0 });
    });
  }
});
