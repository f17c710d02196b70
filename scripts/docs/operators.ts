import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

export const LABELS = ['Emits', 'Holds', 'Waits', 'Ends', 'Fails'] as const;
export type Label = (typeof LABELS)[number];

/** A parsed doc comment. */
interface Doc {
  /** Paragraphs without those of the contract. */
  readonly prose: readonly string[];
  readonly contract: ReadonlyMap<Label, string>;
  /** By name, in order. */
  readonly params: ReadonlyMap<string, string>;
  readonly throws: readonly string[];
  readonly returns: string | undefined;
  readonly example: readonly string[];
}

/** A public function with its documentation. */
export interface Operator extends Doc {
  readonly name: string;
  readonly room: string;
  readonly file: string;
  /** Its overloads; none if there is one for each number of arguments. */
  readonly signatures: readonly string[];
  /** The names of the parameters in its overloads. */
  readonly parameters: readonly string[];
  /** The documentation of the members of its `...Options` types, by name. */
  readonly options: ReadonlyMap<string, string>;
}

const ROOMS = ['streams', 'push', 'sources', 'operators', 'junctions', 'formats', 'sinks'];

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const lineOf = (raw: string): string => raw.replace(/^\s*\* ?/, '');

/** The contract lines of a paragraph; none if it is no contract. */
function labelled(paragraph: string): [Label, string][] {
  const parts = paragraph.split(new RegExp(`(?:^|\\n| {3})(${LABELS.join('|')}): +`));
  if (parts[0] !== '') return [];
  return LABELS.flatMap((label): [Label, string][] => {
    const text = parts[parts.indexOf(label) + 1];
    return parts.includes(label) ? [[label, oneLine(text ?? '')]] : [];
  });
}

function parseDoc(comment: string): Doc {
  const text = comment.slice(3, -2).split('\n').map(lineOf).join('\n').trim();
  const [head = '', ...tags] = text.split(/^@/m);
  const paragraphs = head.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
  const tagged = (tag: string): string[] =>
    tags.filter((one) => one.startsWith(`${tag} `)).map((one) => oneLine(one.slice(tag.length)));
  const example = tags.find((one) => one.startsWith('example'))?.slice('example'.length) ?? '';
  return {
    prose: paragraphs.filter((one) => one && labelled(one).length === 0).map(oneLine),
    contract: new Map(paragraphs.flatMap(labelled)),
    params: new Map(
      tagged('param').map((one) => [one.split(' ')[0] ?? '', one.replace(/^\S+ /, '')]),
    ),
    throws: tagged('throws'),
    returns: tagged('returns')[0],
    example: example.split('\n').filter((line) => line.trim() !== ''),
  };
}

/** The doc comment right before a place in a text. */
const docBefore = (text: string, at: number): string | undefined =>
  /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(text.slice(0, at))?.[0].trim();

/** The options that a file documents, or imports from a file of its room, by name. */
function optionsIn(file: string, text: string): Map<string, string> {
  const imported = optionImports(file, text).flatMap(({ path, names }) => [
    ...documented(readFileSync(path, 'utf8'), (name) => names.includes(name)),
  ]);
  return new Map([...imported, ...documented(text, (name) => name.endsWith('Options'))]);
}

/**
 * The types with names ending in `Options` that a file imports from its own folder, with the files that declare them.
 */
function optionImports(file: string, text: string): { path: string; names: string[] }[] {
  return parseAst(text, { lang: 'ts' }).body.flatMap((node) => {
    if (node.type !== 'ImportDeclaration' || !node.source.value.startsWith('./')) return [];
    const names = node.specifiers.map(({ local }) => local.name);
    const path = join(dirname(file), node.source.value.replace(/\.js$/, '.ts'));
    return [{ path, names: names.filter((name) => name.endsWith('Options')) }];
  });
}

/** The documented members of the types whose names are `wanted`. */
function documented(text: string, wanted: (name: string) => boolean): Map<string, string> {
  const declared = parseAst(text, { lang: 'ts' }).body.flatMap((node) => {
    const made = node.type === 'ExportNamedDeclaration' ? node.declaration : null;
    const isType =
      made?.type === 'TSInterfaceDeclaration' || made?.type === 'TSTypeAliasDeclaration';
    return isType && wanted(made.id.name) ? [text.slice(made.start, made.end)] : [];
  });
  const members = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+)\??:/g;
  return new Map(
    [...declared.join('\n').matchAll(members)].map(([, doc = '', name = '']) => [
      name,
      oneLine(doc.split('\n').map(lineOf).join(' ')),
    ]),
  );
}

interface Declared {
  readonly name: string;
  readonly start: number;
  /** The text before its body. */
  readonly signature: string | undefined;
  readonly parameters: readonly string[];
  readonly hasBody: boolean;
}

/** The name of a parameter, which may have a default or be a rest parameter. */
const nameIn = (parameter: string): string => /\w+/.exec(parameter)?.[0] ?? '';

/** The functions that a file exports, overload by overload. */
function declaredIn(text: string): Declared[] {
  return parseAst(text, { lang: 'ts' }).body.flatMap((node): Declared[] => {
    if (node.type !== 'ExportNamedDeclaration' || !node.declaration) return [];
    const made = node.declaration;
    if (made.type === 'VariableDeclaration') {
      const [{ id, init } = {}] = made.declarations;
      const isFunction = id?.type === 'Identifier' && init?.type === 'TSAsExpression';
      return isFunction
        ? [
            {
              name: id.name,
              start: node.start,
              signature: undefined,
              parameters: [],
              hasBody: true,
            },
          ]
        : [];
    }
    if (made.type !== 'FunctionDeclaration' && made.type !== 'TSDeclareFunction') return [];
    const signature = text.slice(made.start, made.body?.start ?? made.end).trim();
    const parameters = made.params.map(({ start, end }) => nameIn(text.slice(start, end)));
    const hasBody = made.body !== null;
    return [{ name: made.id?.name ?? '', start: node.start, signature, parameters, hasBody }];
  });
}

function operatorsIn(room: string, file: string, exported: ReadonlySet<string>): Operator[] {
  const text = readFileSync(file, 'utf8');
  const declared = declaredIn(text).filter(({ name }) => exported.has(name));
  const names = [...new Set(declared.map(({ name }) => name))];
  return names.map((name) => {
    const all = declared.filter((one) => one.name === name);
    const overloads = all.length > 1 ? all.filter(({ hasBody }) => !hasBody) : all;
    const comment = docBefore(text, all[0]?.start ?? 0);
    if (comment === undefined) throw new Error(`${file}: ${name} has no doc comment`);
    return {
      ...parseDoc(comment),
      name,
      room,
      file,
      signatures: overloads.flatMap(({ signature }) => signature?.replace(/;$/, '') ?? []),
      parameters: [...new Set(overloads.flatMap(({ parameters }) => parameters))],
      options: optionsIn(file, text),
    };
  });
}

/** Every function that the package exports, sorted by room and name. */
export function operators(): Operator[] {
  const index = readFileSync('lib/index.ts', 'utf8');
  const exported = new Set(
    [...index.matchAll(/^export \{(.*?)\}/gms)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim()),
    ),
  );
  return ROOMS.flatMap((room) =>
    readdirSync(join('lib', room))
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => operatorsIn(room, `lib/${room}/${name}`, exported))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
}
