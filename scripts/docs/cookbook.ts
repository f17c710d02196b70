import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const COOKBOOK = 'docs/cookbook';

/** A program that does a real task, in one file. */
export interface Recipe {
  readonly file: string;
  /** The text of its first comment. */
  readonly task: string;
  /** Whether it needs a PostgreSQL server. */
  readonly needsPostgres: boolean;
  /** Whether it needs Node's `stream/iter`, which only some versions have. */
  readonly needsStreamIter: boolean;
  /** The file with the expected output. */
  readonly expected: string;
}

function recipe(file: string): Recipe {
  const text = readFileSync(join(COOKBOOK, file), 'utf8').replace(/^#!.*\n/, '');
  const comment = /^(?:(?:#|\/\/) .*\n)+/.exec(text)?.[0] ?? '';
  const said = comment.split('\n').map((line) => line.replace(/^(?:#|\/\/) /, ''));
  const needs = said.findIndex((line) => line.startsWith('needs: '));
  return {
    file,
    task: said
      .slice(0, needs < 0 ? undefined : needs)
      .join(' ')
      .trim(),
    needsPostgres: said[needs]?.includes('postgres') ?? false,
    needsStreamIter: said[needs]?.includes('stream/iter') ?? false,
    expected: `${file.replace(/\.\w+$/, '')}.expected.txt`,
  };
}

/** All recipes, sorted by name. */
export const recipes = (): Recipe[] =>
  readdirSync(COOKBOOK)
    .filter((name) => name.endsWith('.mjs') || name.endsWith('.sh'))
    .sort()
    .map(recipe);

/** The text of docs/cookbook/README.md. */
export function cookbookIndex(all: readonly Recipe[]): string {
  const rows = (ending: string): string =>
    all
      .filter(({ file }) => file.endsWith(ending))
      .map(({ file, task, expected }) => `| [${file}](${file}) | ${task} | [output](${expected}) |`)
      .join('\n');
  return `<!-- Written by \`npm run docs\`, from the recipes' first comments. -->

# Cookbook

Real tasks, each a file to copy. The tests run every file unchanged, with real files, sockets, servers and processes, and
compare its output byte for byte. Each recipe reads the \`data/\` folder of its working directory. The tests provide the
files of the cookbook's \`data/\` and of the repository's there.

With the command:

| file | task | |
| --- | --- | --- |
${rows('.sh')}

In a program:

| file | task | |
| --- | --- | --- |
${rows('.mjs')}
`;
}
