import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { expect } from 'chai';

interface Block {
  readonly language: string;
  /** A command that the block needs and that may not be installed. */
  readonly needs: string | undefined;
  readonly code: string;
  readonly output: string | undefined;
}

/** Fenced blocks; a `text` block is the output of those between it and the one before it. */
function blocks(markdown: string): Block[] {
  const fences = [...markdown.matchAll(/^```(\w+)(?: (\w+))?\n(.*?)^```$/gms)];
  return fences.flatMap(([, language = '', needs, code = ''], at) => {
    if (language === 'text') return [];
    const output = fences.slice(at).find(([, next]) => next === 'text')?.[3];
    return [{ language, needs, code, output }];
  });
}

const documents = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md') && name !== 'docs/operators.md',
);

const onPath = (command: string): boolean => !spawnSync(command, ['--version']).error;

for (const document of documents) {
  describe(document, () => {
    // Inside the package folder, so that `import 'sluice'` is this very package.
    let folder = '';
    before(() => {
      folder = mkdtempSync(resolve('dist', 'docs-'));
      symlinkSync(resolve('dist/lib/cli/main.js'), join(folder, 'sluice'));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const shown = blocks(readFileSync(document, 'utf8'));
    const run = shown.filter(({ code }) => !code.startsWith('npm install && npm start'));

    it('shows the output of every block but the two command lines that install', () => {
      expect(run.filter(({ output }) => output === undefined)).to.deep.equal([]);
      expect(shown.length - run.length).to.equal(document === 'README.md' ? 1 : 0);
    });

    for (const { language, needs, code, output } of run) {
      if (needs !== undefined && !onPath(needs)) continue;
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
}
