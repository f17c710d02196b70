import { expect } from 'chai';
import { evaluate } from '../../../lib/cli/expressions/expression.js';
import { badUsage, done, failed, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const items = '{"a":1}\n{"a":2}\n{"a":3}\n';

describe('evaluate', () => {
  const folder = new Folder();

  it('evaluate answers the value, with the scope in scope', async () => {
    expect(await evaluate('a + b', 'it', { a: 1, b: 2 })).to.equal(3);
  });

  it('evaluate takes an object, a comment at the end and several lines', async () => {
    expect(await evaluate('{ a: 1 }', 'it', {})).to.deep.equal({ a: 1 });
    expect(await evaluate('1 // one', 'it', {})).to.equal(1);
    expect(await evaluate('\n1 +\n1\n', 'it', {})).to.equal(2);
  });

  it('a stage expression has all exports of the package in scope', async () => {
    const args = ['compose(map(r => r.a), filter(x => x > 1))', 'batch(2)'];
    expect(await sluice(folder, args, items)).to.deep.equal(done('[2,3]\n'));
  });

  for (const [text, stdout] of [
    ['.a', '1\n2\n3\n'],
    [' .a.toFixed(1)', '"1.0"\n"2.0"\n"3.0"\n'],
    ['.b?.c ?? 0', '0\n0\n0\n'],
    ['.["a"] // by name', '1\n2\n3\n'],
  ] as const) {
    it(`${text} is a getter`, async () => {
      expect(await sluice(folder, [text], items)).to.deep.equal(done(stdout));
    });
  }

  it('a getter without what it asks for fails as JavaScript does', async () => {
    expect(await sluice(folder, ['.b.c'], items)).to.deep.equal(
      failed(
        "stage 1 failed on item 1 (stdin, line 1): Cannot read properties of undefined (reading 'c')\n  .b.c\n     ^",
      ),
    );
  });

  it('.5 is a number, not a getter', async () => {
    expect(await evaluate('.5', 'it', {})).to.equal(0.5);
  });

  it('an expression may await, and so may an async function in it', async () => {
    const args = ['take(await Promise.resolve(2))', 'map(async r => (await r.a) * 2)'];
    expect(await sluice(folder, args, items)).to.deep.equal(done('2\n4\n'));
  });

  it('an expression that waits for what can never come is bad usage', async () => {
    const text = 'map(await new Promise(() => {}))';
    expect(await sluice(folder, [text], items)).to.deep.equal(
      badUsage(`stage 1 \`${text}\`: waits for something that can never come`),
    );
  });

  it('an expression whose promise is rejected is bad usage', async () => {
    const text = 'Promise.reject(new Error("up"))';
    expect(await sluice(folder, [text], items)).to.deep.equal(
      badUsage(`stage 1: up\n  ${text}\n                 ^`),
    );
  });

  for (const [text, reason, pointer] of [
    ['.a.', 'it ends too early', '  .a.\n     ^'],
    ['.a..b', 'Unexpected token', '  .a..b\n     ^'],
    ['.a) + 1', 'the expression ends before this', '  .a) + 1\n    ^'],
    [
      'r => await r.a',
      'await needs an async function: async r => await ...',
      '  r => await r.a\n             ^',
    ],
    [
      'map(r => await f(r))',
      'await needs an async function: async r => await ...',
      '  map(r => await f(r))\n                 ^',
    ],
    ['map(r => r.a *)', 'Unexpected token', '  map(r => r.a *)\n                ^'],
    ['map(r => r.a))', 'the expression ends before this', '  map(r => r.a))\n               ^'],
    ['map(r => {', 'it ends too early', '  map(r => {\n            ^'],
    ["map(r => 'a)", 'Unterminated string constant', "  map(r => 'a)\n           ^"],
    ['map(\t*)', 'Unexpected token', '  map(\t*)\n      \t^'],
    ['map(\n  r => *\n)', 'Unexpected token', '  map(\n    r => *\n         ^'],
  ] as const) {
    it(`${JSON.stringify(text)} does not parse, and a caret stands under the character`, async () => {
      expect(await sluice(folder, ['map(r => r)', text], items)).to.deep.equal(
        badUsage(`stage 2 does not parse: ${reason}\n${pointer}`),
      );
    });
  }

  it('an expression that only the engine refuses is shown without a caret', async () => {
    expect(await sluice(folder, ['with_ => { with (a) {} }'], items)).to.deep.equal(
      badUsage(
        'stage 1 does not parse: Strict mode code may not include a with statement\n  with_ => { with (a) {} }',
      ),
    );
  });

  for (const [text, message, pointer] of [
    ['mpa(r => r.a)', 'mpa is not defined; did you mean map?', '  mpa(r => r.a)\n  ^'],
    ['Jsno.parse', 'Jsno is not defined; did you mean JSON?', '  Jsno.parse\n  ^'],
    ['zpi', 'zpi is not defined; did you mean zip?', '  zpi\n  ^'],
    ['wxyzwxyz()', 'wxyzwxyz is not defined', '  wxyzwxyz()\n  ^'],
    [
      'compose(drop(1), take(-1))',
      'take: count must be an integer from 0, got -1',
      '  compose(drop(1), take(-1))\n                   ^',
    ],
  ] as const) {
    it(`${text} is bad usage, and a caret stands under what is: ${message}`, async () => {
      expect(await sluice(folder, [text], items)).to.deep.equal(
        badUsage(`stage 1: ${message}\n${pointer}`),
      );
    });
  }

  it('what is thrown without a place is bad usage with the whole expression', async () => {
    const text = '(() => { throw "up" })()';
    expect(await sluice(folder, [text], items)).to.deep.equal(badUsage(`stage 1 \`${text}\`: up`));
  });

  it('an empty expression is bad usage', async () => {
    expect(await sluice(folder, [' '], items)).to.deep.equal(badUsage('stage 1 is empty'));
  });

  it('a name that nothing in scope has suggests the nearest when it is met in a callback', async () => {
    expect(await sluice(folder, ['map(r => Maht.abs(r.a))'], items)).to.deep.equal(
      failed(
        'stage 1 failed on item 1 (stdin, line 1): Maht is not defined; did you mean Math?\n  map(r => Maht.abs(r.a))\n           ^',
      ),
    );
  });

  for (const [text, meant] of [
    ['.order-id', '.["order-id"]'],
    ['.a.user-agent-id', '.a["user-agent-id"]'],
  ] as const) {
    it(`${text} suggests ${meant}, which works`, async () => {
      const item = '{"order-id":1,"a":{"user-agent-id":1}}\n';
      const { code, stderr } = await sluice(folder, [text], item);
      expect(code).to.equal(1);
      expect(stderr.split('\n')[0]).to.match(/ is not defined; did you mean /);
      expect(stderr.split('\n')[0]?.endsWith(`did you mean ${meant}?`)).to.equal(true);
      expect(await sluice(folder, [meant], item)).to.deep.equal(done('1\n'));
    });
  }
});
