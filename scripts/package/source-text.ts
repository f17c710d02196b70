import { parseSync } from 'rolldown/utils';
import { isNode, type Node, nodesIn } from './nodes.js';

/** The text of a module without what only a compiler reads: types, imports and comments. Lines are where they were. */
export interface SourceText {
  readonly text: string;
  /** Where on its line what stood at a column is now. */
  column(line: number, column: number): number;
}

type Range = readonly [start: number, end: number];

/** Declarations of which no code comes. */
const TYPES = /^(TSInterfaceDeclaration|TSTypeAliasDeclaration|TSDeclareFunction)$/;
/** What stands in code and is no part of it. */
const NOTES =
  /^TS(TypeAnnotation|TypeParameterDeclaration|TypeParameterInstantiation|ClassImplements)$/;
const CASTS = /^TS(As|Satisfies)Expression$/;
const EMPTY = 'TSEmptyBodyFunctionExpression';

export function sourceText(path: string, source: string): SourceText {
  const { program, comments } = parseSync(path, source);
  const lines = source.split('\n');
  const starts = startsOf(lines);
  const isCut = new Uint8Array(source.length);
  for (const [start, end] of [...comments.map(rangeOf), ...typesIn(program)])
    isCut.fill(1, start, end);
  const kept = (line: number, text: string): string =>
    [...text.split('')].filter((_, at) => !isCut[(starts[line] ?? 0) + at]).join('');
  return {
    text: lines
      .map((text, line) => kept(line, text).trimEnd())
      .join('\n')
      .trimEnd(),
    column: (line, column) => kept(line, lines[line]?.slice(0, column) ?? '').length,
  };
}

function startsOf(lines: readonly string[]): number[] {
  let start = 0;
  return lines.map(({ length }) => {
    const from = start;
    start += length + 1;
    return from;
  });
}

const rangeOf = ({ start, end }: { start: number; end: number }): Range => [start, end];

function typesIn(program: unknown): Range[] {
  return [...nodesIn(program, isOnlyType)].flatMap((node) =>
    isOnlyType(node) ? [rangeOf(node)] : castOf(node),
  );
}

function isOnlyType({ type, exportKind, value }: Node): boolean {
  if (type === 'ImportDeclaration' || NOTES.test(type) || TYPES.test(type)) return true;
  return exportKind === 'type' || (isNode(value) && value.type === EMPTY);
}

/** The words behind an expression that say what it is. */
function castOf({ type, expression, end }: Node): Range[] {
  return CASTS.test(type) && isNode(expression) ? [[expression.end, end]] : [];
}
