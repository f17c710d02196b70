import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';

const SETTINGS = '--ignoreConfig --noEmit --strict --module nodenext --target es2022 --types node';

/** What the compiler says of a text, without the places. */
function said(lines: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-types-'));
  try {
    const file = join(folder, 'use.mts');
    const entry = resolve('dist/lib/index.js');
    const names = 'map, pipeline, range, take';
    writeFileSync(
      file,
      [`import { ${names} } from ${JSON.stringify(entry)};`, ...lines].join('\n'),
    );
    const roots = ['--typeRoots', resolve('node_modules/@types')];
    const args = ['node_modules/typescript/bin/tsc', ...SETTINGS.split(' '), ...roots, file];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return stdout.trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a pipeline without a sink', () => {
  it('is one error, which says that a sink is missing', () => {
    const lines = said([
      'void pipeline(range(0, 3), map((x) => x + 1));',
      'void pipeline(range(0, 3), map((x) => x + 1), take(2));',
    ]);
    expect(lines).to.have.length(6);
    expect(lines[0]).to.match(/use\.mts.*: error TS2769: No overload matches this call\.$/);
    for (const line of [lines[2], lines[5]])
      expect(line).to.include('"a sink is missing after this stage, such as toArray() or drain()"');
  });
});
