import { badUsage } from '../errors/command-error.js';

/**
 * What the value of an option may be: `yes` or `no`; these or the names of columns; one character; any text; one of
 * some words.
 */
export type OptionKind = 'yes' | 'names' | 'char' | 'text' | readonly string[];

/** The options of a format, by name. */
export type OptionKinds = Readonly<Record<string, OptionKind>>;

type OptionValue = string | boolean | readonly string[];

export type OptionValues = Readonly<Record<string, OptionValue>>;

/** Names of characters that are hard to type on a command line. */
const CHARS: Readonly<Record<string, string>> = {
  tab: '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
  space: ' ',
  '\\t': '\t',
};

/** Reads `types,header=no`. `kinds`: the options of the format. `who`: the flag and the format, for errors. */
export function readOptions(who: string, text: string, kinds: OptionKinds): OptionValues {
  const entries =
    text === '' ? [] : text.split(',').map((option) => readOption(who, option, kinds));
  return Object.fromEntries(entries);
}

function readOption(who: string, option: string, kinds: OptionKinds): [string, OptionValue] {
  const [name = '', ...rest] = option.split('=');
  const value = rest.length > 0 ? rest.join('=') : undefined;
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!kind) {
    const known = Object.keys(kinds);
    const all = known.length > 0 ? `has ${known.join(', ')}` : 'has no options here';
    throw badUsage(`${who}: unknown option '${name}'; the format ${all}`, {
      unknown: { word: name, known },
    });
  }
  return [name, readValue(`${who}: ${name}`, value, kind)];
}

function readValue(who: string, value: string | undefined, kind: OptionKind): OptionValue {
  if (kind === 'names' && value?.includes('+')) return namesOf(who, value);
  if (kind === 'names' && !['yes', 'no', undefined].includes(value))
    throw badUsage(`${who} must be yes, no, or names with + between, got '${value}'`);
  if (kind === 'yes' || kind === 'names')
    return oneOf(who, value ?? 'yes', ['yes', 'no']) === 'yes';
  if (value === undefined || value === '') throw badUsage(`${who} needs a value`);
  if (kind === 'text') return value;
  if (kind === 'char') return charOf(who, value);
  return oneOf(who, value, kind);
}

function namesOf(who: string, value: string): readonly string[] {
  const names = value.split('+');
  if (!names.includes('') && new Set(names).size === names.length) return names;
  throw badUsage(`${who} must be names that differ, with + between, got '${value}'`);
}

function oneOf(who: string, value: string, words: readonly string[]): string {
  if (words.includes(value)) return value;
  throw badUsage(`${who} must be ${words.join(' or ')}, got '${value}'`, {
    unknown: { word: value, known: words },
  });
}

function charOf(who: string, value: string): string {
  const char = CHARS[value] ?? value;
  if (char.length === 1 && !'"\r\n'.includes(char)) return char;
  throw badUsage(
    `${who} must be one character or ${Object.keys(CHARS).join(', ')}, got '${value}'`,
  );
}
