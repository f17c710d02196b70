import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const COOKBOOK = 'docs/cookbook';

/** A program that does a real task, in one file. */
export interface Recipe {
  readonly file: string;
  /** What its first comment says. */
  readonly task: string;
  /** Whether it wants a PostgreSQL server. */
  readonly needsPostgres: boolean;
  /** Where the output that is expected stands. */
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
    expected: `${file.replace(/\.\w+$/, '')}.expected.txt`,
  };
}

/** All of them, by name. */
export const recipes = (): Recipe[] =>
  readdirSync(COOKBOOK)
    .filter((name) => name.endsWith('.mjs') || name.endsWith('.sh'))
    .sort()
    .map(recipe);

/** The list of them. */
export function cookbookIndex(all: readonly Recipe[]): string {
  const rows = (ending: string): string =>
    all
      .filter(({ file }) => file.endsWith(ending))
      .map(({ file, task, expected }) => `| [${file}](${file}) | ${task} | [output](${expected}) |`)
      .join('\n');
  return `<!-- Written by \`npm run docs\`, out of the recipes' first comments. -->

# Cookbook

Real tasks, each a file to copy. The tests run every one as it is, with real files, sockets, servers and processes, and
compare what it prints, byte for byte. All read \`data/\` of the folder they are run in: here, that of the cookbook and of
the repository.

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
