import { expect } from 'chai';
import { badUsage, done, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const csv = 'a,b\n1,2\n3\n"x"y,4\n5,6\n';

describe('--on-error', () => {
  const folder = new Folder();

  it('skip drops bad records of all inputs, and says how many there were', async () => {
    folder.write('a.csv', csv);
    folder.write('b.ndjson', '{"a":7}\n{\nnull\n');
    const args = ['-i', 'a.csv', '-i', 'b.ndjson', '--on-error', 'skip', 'r => +r.a'];
    expect(await sluice(folder, args)).to.deep.equal({
      code: 0,
      stdout: '1\n5\n7\n',
      stderr: 'sluice: 4 bad records skipped\n',
    });
  });

  it('FILE gets input, place and reason of each bad record', async () => {
    folder.write('a.csv', csv);
    const args = ['-i', 'a.csv', '--on-error', 'bad.ndjson', 'r => +r.a'];
    expect(await sluice(folder, args)).to.deep.equal({
      code: 0,
      stdout: '1\n5\n',
      stderr: 'sluice: 2 bad records written to bad.ndjson\n',
    });
    const records = folder.text('bad.ndjson').trimEnd().split('\n');
    expect(records.map((line) => JSON.parse(line))).to.deep.equal([
      {
        file: 'a.csv',
        line: 3,
        column: 1,
        byte: 8,
        reason: 'expected 2 fields, found 1',
        input: '3',
      },
      {
        file: 'a.csv',
        line: 4,
        column: 4,
        byte: 13,
        reason: 'expected `,` or the end of the row after a closing quote, found `y`',
        input: '"x"y,4',
      },
    ]);
  });

  it('takes lines of invalid UTF-8 for bad records, unless the format replaces what is invalid', async () => {
    const bytes = Buffer.from('a,b\n1,\xff\n3,4\n', 'latin1');
    const flags = ['-f', 'csv', '-t', 'lines', '.b'];
    expect(await sluice(folder, [...flags, '--on-error', 'bad.ndjson'], bytes)).to.deep.equal({
      code: 0,
      stdout: '4\n',
      stderr: 'sluice: 1 bad record written to bad.ndjson\n',
    });
    expect(JSON.parse(folder.text('bad.ndjson'))).to.deep.equal({
      file: 'stdin',
      line: 2,
      column: 3,
      byte: 6,
      reason: 'invalid UTF-8, byte 0xFF',
      input: '1,\ufffd',
    });
    const replacing = ['-f', 'csv:invalidUtf8=replace', '-t', 'lines', '.b'];
    expect(await sluice(folder, replacing, bytes)).to.deep.equal(done('\ufffd\n4\n'));
  });

  for (const [format, text, item] of [
    ['lines:', '\xff', '"\ufffd"'],
    ['nul:', '\xff', '"\ufffd"'],
    ['ndjson:', '"\xff"', '"\ufffd"'],
    ['json:', '"\xff"', '"\ufffd"'],
    ['tsv:header=no,', '\xff', '["\ufffd"]'],
  ] as const) {
    it(`-f ${format}invalidUtf8=replace puts U+FFFD for what is invalid`, async () => {
      const args = ['-f', `${format}invalidUtf8=replace`];
      const outcome = await sluice(folder, args, Buffer.from(text, 'latin1'));
      expect(outcome).to.deep.equal(done(`${item}\n`));
    });
  }

  it('says nothing when nothing was bad, and fail is the default', async () => {
    const { code, stderr } = await sluice(folder, ['--on-error', 'skip'], '1\n');
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    const failing = await sluice(folder, ['--on-error', 'fail'], '1\n{\n');
    expect(failing.code).to.equal(1);
    expect(await sluice(folder, [], '1\n{\n')).to.deep.equal(failing);
  });

  it('keeps and counts what was bad by the time that a run fails', async () => {
    folder.write('bad.ndjson', 'as it was\n');
    const args = ['--on-error', 'bad.ndjson', 'r => r.a.b'];
    expect(await sluice(folder, args, '{\n1\n')).to.deep.equal({
      code: 1,
      stdout: '',
      stderr:
        'sluice: 1 bad record written to bad.ndjson\n' +
        "sluice: stage 1 failed on item 1 (stdin, line 2): Cannot read properties of undefined (reading 'b')\n" +
        '  r => r.a.b\n           ^\n',
    });
    expect(JSON.parse(folder.text('bad.ndjson'))).to.include({ file: 'stdin', line: 1 });
  });

  it('does not excuse a stage', async () => {
    const { code, stderr } = await sluice(folder, ['--on-error', 'skip', 'r => r.a.b'], '1\n');
    expect(code).to.equal(1);
    expect(stderr).to.match(/failed on item 1/);
  });

  for (const [format, end] of [
    ['lines', '\n'],
    ['nul', '\0'],
  ] as const) {
    it(`-f ${format} --on-error FILE takes what is invalid UTF-8`, async () => {
      const input = Buffer.concat([
        Buffer.from(`a${end}b`),
        Buffer.of(0xff),
        Buffer.from(`${end}c`),
      ]);
      const args = ['-f', format, '--on-error', 'bad.ndjson', '-t', 'lines'];
      const { code, stdout } = await sluice(folder, args, input);
      expect({ code, stdout }).to.deep.equal({ code: 0, stdout: 'a\nc\n' });
      expect(JSON.parse(folder.text('bad.ndjson'))).to.include({ line: 2, input: 'b\ufffd' });
    });
  }

  it('is refused where nothing can be bad in part', async () => {
    expect(await sluice(folder, ['-f', 'bytes', '--on-error', 'skip'])).to.deep.equal(
      badUsage('--on-error: no input has a format that can be bad in part'),
    );
  });

  it('FILE is no other file of the run', async () => {
    expect(await sluice(folder, ['-o', 'a.ndjson', '--on-error', 'a.ndjson'])).to.deep.equal(
      badUsage('a.ndjson is written to twice'),
    );
  });
});
