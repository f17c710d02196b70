import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { alone, done, failed, sluice } from '../helpers/command.js';
import { Folder } from '../helpers/folder.js';

const manifest = new URL('../../../package.json', import.meta.url);

describe('command', () => {
  const folder = new Folder();

  it('sluice hands NDJSON from stdin through its stages to stdout', async () => {
    const args = ['filter(r => r.a > 1)', 'map(r => r.a * 2)'];
    expect(await sluice(folder, args, '{"a":1}\n{"a":2}\n{"a":3}')).to.deep.equal(done('4\n6\n'));
  });

  it('sluice without stages hands on its input', async () => {
    expect(await sluice(folder, [], '{"a": 1}\n')).to.deep.equal(done('{"a":1}\n'));
  });

  it('sluice of empty input writes nothing', async () => {
    expect(await sluice(folder, ['map(r => r.a)'])).to.deep.equal(done(''));
  });

  it('sluice --version prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    expect(await sluice(folder, ['--version'])).to.deep.equal(done(`${version}\n`));
  });

  it('sluice says in one line why a stage fails, and shows where, behind the items before', async () => {
    const input = '{"a":{"b":1}}\n{"a":{"b":2}}\n{}\n{"a":{"b":3}}\n';
    const message =
      "stage 1 failed on item 3 (stdin, line 3): Cannot read properties of undefined (reading 'b')\n" +
      '  map(r => r.a.b)\n               ^';
    expect(await sluice(folder, ['map(r => r.a.b)'], input)).to.deep.equal({
      ...failed(message),
      stdout: '1\n2\n',
    });
  });

  it('sluice tells of an uncaught error also behind its end', async () => {
    const stage = 'tap(() => process.once("beforeExit", () => { throw new Error("late"); }))';
    const { code, stdout, stderr } = await alone(folder, [stage], '1\n');
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '1\n' });
    expect(stderr).to.match(/\nError: late\n +at /);
  });

  it('sluice --debug adds the stack trace of the cause', async () => {
    const { code, stderr } = await sluice(folder, ['--debug', 'map(r => r.a.b)'], '{}\n');
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /^sluice: stage 1 .*\n.*\n *\^\nStageError: [\s\S]*\[cause\]: TypeError: [\s\S]* at /,
    );
  });

  it('sluice --debug adds the stack trace of bad usage too', async () => {
    const { code, stderr } = await sluice(folder, ['--debug', 'take(-1)']);
    expect(code).to.equal(2);
    expect(stderr).to.match(/\nArgumentError: take: count must [\s\S]*\n +at take /);
  });
});
