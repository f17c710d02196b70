import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { badUsage, done, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

describe('dryRun', () => {
  const folder = new Folder();

  for (const [title, args, lines] of [
    ['a line without stages', [], ['read       stdin: ndjson', 'write      stdout: ndjson']],
    [
      'stages that run as one, and one that does not',
      ['-i', 'a.csv.gz', '-t', 'lines', '.a', 'filter(x => x > 1)', 'sort()', 'take(2)'],
      [
        'read       a.csv.gz: csv .gz',
        'segment 1  stage 1 `.a`',
        '           stage 2 `filter(x => x > 1)`',
        'segment 2  stage 3 `sort()` (pulls in its own way)',
        '           stage 4 `take(2)`',
        'write      stdout: lines',
      ],
    ],
    [
      'a stage of several once',
      ['compose(map(x => x), filter(x => x))', 'batch(2)'],
      [
        'read       stdin: ndjson',
        'segment 1  stage 1 `compose(map(x => x), filter(x => x))`',
        '           stage 2 `batch(2)`',
        'write      stdout: ndjson',
      ],
    ],
    [
      'what becomes of bad input, and of what was in a file',
      ['-i', 'a.csv', '--on-error', 'bad.ndjson', '-o', 'b.txt', '--append'],
      ['read       a.csv: csv', 'bad input  goes to bad.ndjson: ndjson', 'append     b.txt: lines'],
    ],
    [
      'outputs that are split by keys',
      ['-o', 'out/{user.id}/{r => r.day}.csv.gz', '--tee', '{a}=drop(1)'],
      [
        'read       stdin: ndjson',
        'write      out/{user.id}/{r => r.day}.csv.gz: csv .gz, a file for each user.id, r => r.day',
        'tee        {a}',
        'segment 1  --tee {a} `drop(1)`',
        'write      {a}: ndjson, a file for each a',
      ],
    ],
    [
      'files that are merged as sorted, and bad input that is skipped',
      ['-i', 'a.ndjson', '-i', '-', '--merge-by', 'id', '--on-error=skip', 'last()'],
      [
        'read       a.ndjson: ndjson',
        'read       stdin: ndjson',
        'join       merge of sorted files',
        'bad input  is skipped',
        'result     of stage 1 `last()`',
        'write      stdout: ndjson',
      ],
    ],
    [
      'calls side by side',
      ['--concurrency', '2', 'r => r', 'map(r => r, { concurrency: 3 })', 'drop(1)'],
      [
        'read       stdin: ndjson',
        'segment 1  stage 1 `r => r` (pulls in its own way)',
        'segment 2  stage 2 `map(r => r, { concurrency: 3 })` (pulls in its own way)',
        '           stage 3 `drop(1)`',
        'write      stdout: ndjson',
      ],
    ],
  ] as const) {
    it(`--dry-run shows ${title}`, async () => {
      expect(await sluice(folder, ['--dry-run', ...args])).to.deep.equal(
        done(lines.map((line) => `${line}\n`).join('')),
      );
    });
  }

  it('--dry-run shows files that are joined, a sink and a branch, and opens none of them', async () => {
    const args = ['--tee', 'no.txt=.[0]', 'join', '--on', 'id', '-', 'no.json', '--', 'count()'];
    const lines = [
      'read       stdin: ndjson',
      'read       no.json: json',
      'join       join --on id',
      'result     of stage 1 `count()`',
      'write      stdout: ndjson',
      'tee        no.txt',
      'segment 1  --tee no.txt `.[0]`',
      'write      no.txt: lines',
    ];
    expect(await sluice(folder, ['--dry-run', ...args])).to.deep.equal(
      done(lines.map((line) => `${line}\n`).join('')),
    );
    expect(existsSync(join(folder.path, 'no.txt'))).to.equal(false);
  });

  it('--dry-run refuses what a run would', async () => {
    expect(await sluice(folder, ['--dry-run', 'take(-1)'])).to.deep.equal(
      badUsage('stage 1: take: count must be an integer from 0, got -1\n  take(-1)\n  ^'),
    );
  });
});
