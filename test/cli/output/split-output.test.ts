import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, linkSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { done, ending, failed, sluice, start } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const items = '{"s":200,"a":1}\n{"s":404,"a":2}\n{"s":200,"a":3}\n';

/** More keys than files may be open, each of which comes twice. */
const MANY = 300;
const many = [...Array(2 * MANY).keys()]
  .map((at) => JSON.stringify({ k: at % MANY, at }))
  .join('\n');
const twice = (k: number): { k: number; at: number }[] => [k, k + MANY].map((at) => ({ k, at }));

describe('openSplit', () => {
  const folder = new Folder();

  /** All files and folders, but those that hold others. */
  const names = (): string[] =>
    readdirSync(folder.path, { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          !entry.isDirectory() || readdirSync(join(entry.parentPath, entry.name)).length === 0,
      )
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.path.length + 1))
      .sort();

  it('an item goes to the file that its field names, in a folder that is made', async () => {
    expect(await sluice(folder, ['-o', 'out/{s}.ndjson'], items)).to.deep.equal(done(''));
    expect(names()).to.deep.equal(['out/200.ndjson', 'out/404.ndjson']);
    expect(folder.text('out/200.ndjson')).to.equal('{"s":200,"a":1}\n{"s":200,"a":3}\n');
    expect(folder.text('out/404.ndjson')).to.equal('{"s":404,"a":2}\n');
  });

  it('an item that a file cannot take is told by its number among all, and the file', async () => {
    const { code, stderr } = await sluice(
      folder,
      ['-o', 'out/{s}.csv'],
      `${items}{"s":200,"b":1}\n`,
    );
    expect({ code, stderr }).to.deep.equal({
      code: 1,
      stderr:
        'sluice: out/200.csv: item 4 has "b", which is not a column; give all items the same properties, or all columns as the header: csv:header=a+b\n',
    });
    expect(names()).to.deep.equal([]);
  });

  it('formats and compression go by the ending, and each file has its header', async () => {
    expect(await sluice(folder, ['-o', '{s}.csv.gz'], items)).to.deep.equal(done(''));
    expect(String(gunzipSync(folder.bytes('200.csv.gz')))).to.equal('s,a\n200,1\n200,3\n');
    expect(String(gunzipSync(folder.bytes('404.csv.gz')))).to.equal('s,a\n404,2\n');
    expect(await sluice(folder, ['-o', '{s}.json.br'], items)).to.deep.equal(done(''));
    expect(JSON.parse(String(brotliDecompressSync(folder.bytes('404.json.br'))))).to.deep.equal([
      { s: 404, a: 2 },
    ]);
  });

  for (const [name, read] of [
    [
      'k.ndjson',
      (text: string) =>
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
    ],
    ['k.csv', undefined],
    ['k.csv.gz', undefined],
  ] as const) {
    it(`more keys than files can be open: all items of a ${name} are in it, in order`, async () => {
      const ending = name.slice(1);
      expect(await sluice(folder, ['-o', `out/{k}${ending}`], many)).to.deep.equal(done(''));
      expect(names()).to.have.length(MANY);
      for (let k = 0; k < MANY; k += 1) {
        const bytes = folder.bytes(`out/${k}${ending}`);
        const text = String(ending.endsWith('.gz') ? gunzipSync(bytes) : bytes);
        if (read) expect(read(text)).to.deep.equal(twice(k));
        else expect(text).to.equal(`k,at\n${k},${k}\n${k},${k + MANY}\n`);
      }
    });
  }

  it('rows that are added go under the names of the columns, whatever the order of their own', async () => {
    const turned = [...Array(MANY).keys()].map((k) => `{"k":${k},"at":0}`);
    const other = [...Array(MANY).keys()].map((k) => `{"at":1,"k":${k}}`);
    const input = [...turned, ...other].join('\n');
    expect(await sluice(folder, ['-o', '{k}.csv'], input)).to.deep.equal(done(''));
    expect(folder.text('7.csv')).to.equal('k,at\n7,0\n7,1\n');
  });

  for (const [ending, what] of [
    ['.json', 'a JSON array'],
    ['.ndjson.br', '.br'],
  ] as const) {
    it(`more keys than files can be open are an error where ${what} can't be added to`, async () => {
      expect(await sluice(folder, ['-o', `out/{k}${ending}`], many)).to.deep.equal(
        failed(
          `out/{k}${ending}: item 257 can't go to out/256${ending}: 256 files are open, and ${what} can't be closed and added to`,
        ),
      );
      expect(names()).to.deep.equal([]);
    });
  }

  it('nothing appears until all is whole, and a failed run leaves what was there', async () => {
    folder.write('200.ndjson', 'as it was');
    const child = start(folder, [
      '-o',
      'new/{s}.ndjson',
      '--tee',
      '{s}.ndjson=r => r',
      '--tee=-=r => r',
    ]);
    child.stdin.write(items);
    await once(child.stdout, 'data');
    expect(names().filter((name) => !name.includes('.sluice.part-'))).to.deep.equal(['200.ndjson']);
    child.stdin.end('{');
    expect((await ending(child)).code).to.equal(1);
    expect(names()).to.deep.equal(['200.ndjson']);
    expect(folder.text('200.ndjson')).to.equal('as it was');
  });

  it('SIGINT leaves no file, and says so', async () => {
    const child = start(folder, ['-o', 'out/{s}.ndjson', '--tee=-=r => r']);
    child.stdin.write(items);
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const { code, stderr } = await ending(child);
    expect({ code, stderr }).to.deep.equal({
      code: 130,
      stderr: 'sluice: stopped by SIGINT; not written: out/{s}.ndjson\n',
    });
    expect(names()).to.deep.equal([]);
  });

  it('--append adds to the files, under the names of their columns', async () => {
    mkdirSync(join(folder.path, 'out'));
    folder.write('out/200.csv', 'a,s\n0,200\n');
    for (const _ of [1, 2])
      expect(await sluice(folder, ['--append', '-o', 'out/{s}.csv'], items)).to.deep.equal(
        done(''),
      );
    expect(folder.text('out/200.csv')).to.equal('a,s\n0,200\n1,200\n3,200\n1,200\n3,200\n');
    expect(folder.text('out/404.csv')).to.equal('s,a\n404,2\n404,2\n');
  });

  it('--tee splits what its stage makes, and the key may be a function', async () => {
    expect(
      await sluice(
        folder,
        ['--tee', 'x/{r => r.s === 200 ? "ok" : "bad"}.ndjson=filter(r => r.a > 1)', 'count()'],
        items,
      ),
    ).to.deep.equal(done('3\n'));
    expect(folder.text('x/ok.ndjson')).to.equal('{"s":200,"a":3}\n');
    expect(folder.text('x/bad.ndjson')).to.equal('{"s":404,"a":2}\n');
  });

  it('keeps the mode of a file it replaces, and what a link points to', async () => {
    folder.write('real', 'as it was');
    chmodSync(join(folder.path, 'real'), 0o640);
    mkdirSync(join(folder.path, 'out'));
    symlinkSync('../real', join(folder.path, 'out', '200'));
    expect(await sluice(folder, ['-o', 'out/{s}'], items)).to.deep.equal(done(''));
    expect(names()).to.deep.equal(['out/200', 'out/404', 'real']);
    expect(folder.text('real')).to.equal('{"s":200,"a":1}\n{"s":200,"a":3}\n');
    expect(statSync(join(folder.path, 'real')).mode & 0o777).to.equal(0o640);
  });

  it('a file that is in the way, read, or written by another output is named', async () => {
    folder.write('in.ndjson', items);
    linkSync(join(folder.path, 'in.ndjson'), join(folder.path, '404.ndjson'));
    mkdirSync(join(folder.path, '200.csv'));
    spawnSync('mkfifo', [join(folder.path, '200.txt')]);
    for (const [args, problem] of [
      [['-o', '{s}.csv'], "{s}.csv: item 1 can't go to 200.csv: is a directory"],
      [['-o', '{s}.ndjson'], "{s}.ndjson: item 2 can't go to 404.ndjson: is both read and written"],
      [['-o', '{s}', '--tee', '200=r => r'], "{s}: item 1 can't go to 200: is written to twice"],
      [
        ['-o', '{s}', '--tee', '{r => 404}=r => r'],
        "{r => 404}: item 2 can't go to 404: is written to twice",
      ],
      [['-o', '{s}.txt'], "{s}.txt: item 1 can't go to 200.txt: is not a regular file"],
      [['--append', '-o', '{s}.txt'], "{s}.txt: item 1 can't go to 200.txt: is not a regular file"],
      [
        ['-o', 'in.ndjson/{s}'],
        "in.ndjson/{s}: item 1 can't go to in.ndjson/200: file already exists",
      ],
    ] as const) {
      const { code, stderr } = await sluice(folder, ['-i', 'in.ndjson', ...args]);
      expect(stderr).to.include(problem.slice(problem.indexOf(':')));
      expect(code).to.equal(1);
      expect(names()).to.deep.equal(['200.csv', '200.txt', '404.ndjson', 'in.ndjson']);
    }
  });
});
