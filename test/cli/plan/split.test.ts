import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { badUsage, failed, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

describe('splitBy', () => {
  const folder = new Folder();

  const names = (): string[] =>
    readdirSync(folder.path, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.path.length + 1))
      .sort();

  for (const [template, input, expected] of [
    ['{user.id}.ndjson', '{"user":{"id":"ann"}}', ['ann.ndjson']],
    ['x/{a}/{b}-{a}.txt', '{"a":1,"b":2}', []],
    ['x/{a}/{b}-{a}.json', '{"a":1,"b":2}', ['x/1/2-1.json']],
    ['{r => r.day.slice(0, 7)}.ndjson', '{"day":"2012-01-14"}', ['2012-01.ndjson']],
    ['{.a[0]}', '{"a":["x"]}', ['x']],
    ['{r => r.a ?? "none"}.ndjson', '{}', ['none.ndjson']],
    ['{{a}}', '{"a":1}', ['{a}']],
    ['{a}', '{"a":"-"}', ['-']],
    ['o/{a}', '{"a":"../../etc/x"}', ['o/%2E.%2F..%2Fetc%2Fx']],
    ['o/{a}/{b}', '{"a":"..","b":"."}', ['o/%2E./%2E']],
    ['o/.{a}', '{"a":"./x"}', ['o/.%2E%2Fx']],
    ['{a}', '', []],
  ] as const) {
    it(`-o '${template}' of ${input || 'nothing'} writes ${expected.join() || 'nothing'}`, async () => {
      await sluice(folder, ['-o', template], input);
      expect(names()).to.deep.equal(expected);
    });
  }

  for (const [input, problem] of [
    ['{}', 'has no `a.b`, and so no file'],
    ['{"a":null}', 'has no `a.b`, and so no file'],
    ['{"a":{"b":null}}', 'has null for `a.b`, and so no file'],
    ['{"a":{"b":""}}', 'has an empty text for `a.b`, and so no file'],
    ['{"a":{"b":{}}}', 'has an object for `a.b`, and so no file'],
    ['{"a":{"b":[1]}}', 'has an array for `a.b`, and so no file'],
    ['{"a":{"b":"\\ud800"}}', 'has a lone surrogate for `a.b`, and so no file'],
  ] as const) {
    it(`${input} fails with its number, and leaves no file`, async () => {
      const args = ['-o', 'x/y/{a.b}.ndjson'];
      expect(await sluice(folder, args, `{"a":{"b":1}}\n${input}`)).to.deep.equal(
        failed(`x/y/{a.b}.ndjson: item 2 ${problem}`),
      );
      expect(names()).to.deep.equal([]);
      expect(existsSync(join(folder.path, 'x'))).to.equal(false);
    });
  }

  for (const [args, message] of [
    [
      ['-o', 'out/{s}.ndjson', 'count()'],
      'out/{s}.ndjson: items are split by their keys, but stage 1 `count()` gives one result: write it to one file',
    ],
    [
      ['--tee', 'out/{s}=last()'],
      'out/{s}: items are split by their keys, but --tee out/{s} `last()` gives one result: write it to one file',
    ],
    [['-o', '{s}/../x'], '{s}/../x: no . or .. can stand behind a key'],
    [['-o', 'a/{s}/'], 'a/{s}/ is a folder: name the files in it'],
    [['-o', 'http://localhost/{s}'], 'http://localhost/{s}: only files can be split by a key'],
    [['--on-error', '{s}'], '--on-error: {s}: all bad records go to one file'],
    [
      ['--append', '-o', '{s}.json'],
      "--append: {s}.json can't be added to, as a JSON array has an end",
    ],
    [['-o', '{s}', '--tee', './{s}=r => r'], './{s} is written to twice'],
    [['-o', '{r => }'], '--output does not parse: it ends too early\n  r =>\n      ^'],
  ] as const) {
    it(`sluice ${args.join(' ')} is bad usage`, async () => {
      expect(await sluice(folder, args)).to.deep.equal(badUsage(message));
    });
  }
});
