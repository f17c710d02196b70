import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const items = '{"a":1}\n\n{"a":2}\n{"a":3}\n';

describe('inputPlace', () => {
  const folder = new Folder();

  /** The text between "failed" and the reason. */
  async function where(args: readonly string[], input: string | Uint8Array = items) {
    const { code, stderr } = await sluice(folder, args, input);
    expect(code, stderr).to.equal(1);
    return / failed on (.*?): /.exec(stderr)?.[1];
  }

  beforeEach(() => {
    folder.write('a.ndjson', items);
    folder.write('b.ndjson.gz', gzipSync('\n{"a":4}\n{"a":5}\n'));
    folder.write('c.csv', 'a,b\n1,"x\ny"\n\n2,z\n');
    folder.write('d.txt', '1\n2\n3\n');
    folder.write('e.json', '[1,\n2]');
  });

  for (const [files, test, place] of [
    [['a.ndjson'], 'r => r.a === 2', 'item 2 (a.ndjson, line 3)'],
    [['b.ndjson.gz'], 'r => r.a === 4', 'item 1 (b.ndjson.gz, line 2)'],
    [['a.ndjson', 'b.ndjson.gz'], 'r => r.a === 4', 'item 4 (b.ndjson.gz, line 2)'],
    [['a.ndjson', 'b.ndjson.gz'], 'r => r.a === 3', 'item 3 (a.ndjson, line 4)'],
    [['c.csv'], 'r => r.b === "x\\ny"', 'item 1 (c.csv, line 2)'],
    [['c.csv'], 'r => r.b === "z"', 'item 2 (c.csv, line 5)'],
    [['d.txt'], 'r => r === "3"', 'item 3 (d.txt, line 3)'],
    [['e.json'], 'r => r === 2', 'item 2 (e.json)'],
  ] as const) {
    it(`names the file and the line: ${place}`, async () => {
      const input = files.flatMap((file) => ['-i', file]);
      const stage = `r => { if ((${test})(r)) throw new Error("up"); return r; }`;
      expect(await where([...input, stage])).to.equal(place);
    });
  }

  it('knows it behind stages that keep nothing back, and of a sink', async () => {
    const fail = 'r => { throw new Error("up"); }';
    for (const stages of [
      ['filter(r => r.a === 2)', 'r => [r]', fail],
      ['map(async r => { await null; return r; })', 'drop(1)', fail],
      ['batch(2)', fail],
      ['forEach(r => { if (r.a === 2) throw new Error("up"); })'],
    ])
      expect(await where(stages)).to.equal('item 2 (stdin, line 3)');
  });

  it('knows it of many items, whatever is bad between them', async () => {
    const text = '{"a":0}\n{\n'.repeat(20_000);
    const fail = 'r => { if (r.a) throw new Error("up"); return r; }';
    const args = ['--on-error', 'skip', fail];
    expect(await where(args, `${text}{"a":1}`)).to.equal('item 20001 (stdin, line 40001)');
  });

  it('says nothing where the place is unknown', async () => {
    const fail = 'r => { throw new Error("up"); }';
    for (const args of [
      ['sort({ by: r => r.a })', fail],
      ['--concurrency', '2', 'async r => { throw new Error("up"); }'],
      ['map(r => r, { concurrency: 2 })', fail],
      ['drop(1)', `forEach(${fail})`],
      ['zip', 'a.ndjson', 'b.ndjson.gz', fail],
      ['--merge-by', 'a', '-i', 'a.ndjson', '-i', 'b.ndjson.gz', fail],
      ['--tee', `t.ndjson=${fail}`],
    ])
      expect(await where(args)).to.equal('item 1');
  });
});
