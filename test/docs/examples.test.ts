import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from '@sinonjs/fake-timers';
import { expect } from 'chai';
import * as sluice from '../../lib/index.js';

const ROOMS = [
  'formats',
  'junctions',
  'observe',
  'operators',
  'push',
  'sinks',
  'sources',
  'streams',
];

interface Example {
  readonly file: string;
  readonly lines: readonly string[];
}

/** The `@example` of every doc comment in a file. */
function examplesIn(file: string): Example[] {
  const comments = readFileSync(file, 'utf8').match(/\/\*\*.*?\*\//gs) ?? [];
  return comments.flatMap((comment) => {
    const [, example] = comment.split('@example');
    if (example === undefined) return [];
    const lines = example
      .replace(/\*\/$/, '')
      .split('\n')
      .map((line) => line.replace(/^\s*\* ?/, ''))
      .filter((line) => line.trim() !== '');
    return [{ file, lines }];
  });
}

const examples = ROOMS.flatMap((room) =>
  readdirSync(join('lib', room))
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => examplesIn(join('lib', room, name))),
);

/** The program of an example: every expression followed by `// value` is collected together with that value. */
function program(lines: readonly string[]): string {
  const checked = lines.map((line) => {
    const [, expression, value] = /^(.*) \/\/ (.*)$/.exec(line) ?? [];
    if (expression === undefined) return line;
    return `pairs.push([${expression.replace(/;\s*$/, '')}, ${value}]);`;
  });
  return `const pairs = [];\n${checked.join('\n')}\nreturn pairs;`;
}

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
  ...args: string[]
) => (...values: unknown[]) => Promise<[unknown, unknown][]>;

/**
 * Runs with fake timers that fire in order as soon as nothing else is to be done, so a slow machine does not matter.
 */
async function inHaste<T>(run: () => Promise<T>): Promise<T> {
  const clock = install({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'hrtime'] });
  clock.setTickMode({ mode: 'nextAsync' });
  try {
    return await run();
  } finally {
    clock.uninstall();
  }
}

describe('the examples in doc comments', () => {
  it('are there for every function that is exported', () => {
    const documented = examples.map(({ file }) => file).length;
    const functions = Object.entries(sluice).filter(([name]) => /^[a-z]/.test(name));
    expect(documented).to.be.at.least(functions.length);
  });

  for (const { file, lines } of examples) {
    it(`${file} gives what it says`, async () => {
      const run = new AsyncFunction(...Object.keys(sluice), program(lines));
      const pairs = await inHaste(() => run(...Object.values(sluice)));
      expect(pairs).to.have.length.above(0);
      for (const [actual, expected] of pairs) expect(actual).to.deep.equal(expected);
    });
  }
});
