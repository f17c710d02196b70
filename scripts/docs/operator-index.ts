import { LABELS, type Operator } from './operators.js';

/** The headings, and what stands under each. */
const GROUPS: readonly [title: string, ...rooms: string[]][] = [
  ['Running', 'streams', 'push'],
  ['Sources', 'sources'],
  ['Operators', 'operators'],
  ['Junctions', 'junctions'],
  ['Formats', 'formats'],
  ['Sinks', 'sinks'],
];

/** The calls whose overloads are one for each number of arguments. */
const CALLS: Readonly<Record<string, string>> = {
  balance: 'balance(...sinks, options?): Sink',
  broadcast: 'broadcast(...sinks, options?): Sink',
  compose: 'compose(...parts): Source | Stage | Sink',
  pipeline: 'pipeline(source, ...stages, sink, options?): Promise<result>',
  pull: 'pull(source, ...stages, options?): Iterator',
  push: 'push(...stages, consumer, options?): Producer',
};

const HEAD = `<!-- Written by \`npm run docs\`, out of the doc comments in lib. -->

# Operator index

Every function of the package, by kind. *Emits*, *Holds*, *Waits*, *Ends* and *Fails* say when items come out, what is in
memory at most, when no more is taken in, when it is over, and what can go wrong; a line that is left out would say "as
the input does", or that nothing is held. The examples are run by the tests.

Some options mean the same wherever they are taken. \`name\`: what errors and traces call it. \`onError\` and \`retry\`: what
becomes of an item that a callback fails on; the [guide](guide.md#when-things-go-wrong) has more. \`concurrency\` and
\`order\`: how many calls are under way, and in which order their items come out. Callbacks get \`(item, { signal })\`, and may
answer a promise.`;

const anchor = (name: string): string => name.toLowerCase();

/** Three dots end no sentence. */
const sentence = (prose: readonly string[]): string =>
  /^.*?(?<!\.)\.(?= |$)/.exec(prose[0] ?? '')?.[0].slice(0, -1) ?? '';

const list = (items: ReadonlyMap<string, string>): string[] =>
  [...items].map(([name, text]) => `- \`${name}\`: ${text}`);

function section(operator: Operator): string {
  const { name, prose, contract, params, options, throws, returns, example } = operator;
  const signatures = operator.signatures.map((one) =>
    one
      .replace(/^function /, '')
      .replace(/\n\s*/g, ' ')
      .replace(/\( /, '(')
      .replace(/,? \)/, ')'),
  );
  const labels = LABELS.filter((label) => contract.has(label));
  const refusals = throws.map((one) => `- throws ${one.replace(/^\{(\w+)\}/, '`$1`')}`);
  const answers = returns === undefined ? [] : [`- ${returns}`];
  const details = [...list(params), ...list(options), ...refusals, ...answers];
  const blocks = [
    `### ${name}`,
    prose.join('\n\n'),
    `\`\`\`ts\n${(signatures.length > 0 ? signatures : [CALLS[name]]).join('\n')}\n\`\`\``,
    [...labels.map((label) => `- **${label}**: ${contract.get(label)}`), ...details].join('\n'),
    `\`\`\`js\n${example.join('\n')}\n\`\`\``,
    `[${operator.file}](../${operator.file})`,
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** The index of all functions. */
export function operatorIndex(operators: readonly Operator[]): string {
  const groups = GROUPS.map(([title, ...rooms]) => {
    const members = operators.filter(({ room }) => rooms.includes(room));
    const rows = members.map(
      ({ name, prose }) => `| [\`${name}\`](#${anchor(name)}) | ${sentence(prose)} |`,
    );
    return {
      table: `| [${title}](#${anchor(title)}) | |\n| --- | --- |\n${rows.join('\n')}`,
      sections: [`## ${title}`, ...members.map(section)].join('\n\n'),
    };
  });
  const tables = groups.map(({ table }) => table);
  return `${[HEAD, ...tables, ...groups.map(({ sections }) => sections)].join('\n\n')}\n`;
}
