import { LABELS, type Operator } from './operators.js';

/** The headings, and the rooms under each. */
const GROUPS: readonly [title: string, ...rooms: string[]][] = [
  ['Running', 'streams', 'push'],
  ['Sources', 'sources'],
  ['Operators', 'operators'],
  ['Junctions', 'junctions'],
  ['Formats', 'formats'],
  ['Sinks', 'sinks'],
];

/** Shown in place of the overloads of functions that have one for each number of arguments. */
const CALLS: Readonly<Record<string, string>> = {
  balance: 'balance(...sinks, options?): Sink',
  broadcast: 'broadcast(...sinks, options?): Sink',
  compose: 'compose(...parts): Source | Stage | Sink',
  pipeline: 'pipeline(source, ...stages, sink, options?): Promise<result>',
  pull: 'pull(source, ...stages, options?): Iterator',
  push: 'push(...stages, consumer, options?): Producer',
};

const HEAD = `<!-- Written by \`npm run docs\`, from the doc comments in lib. -->

# Operator index

Every function of the package, by kind. Each entry has these lines:

- *Emits*: when items come out.
- *Holds*: what is in memory, at most. If the line is missing, no items are held.
- *Waits*: when no more input is read. If the line is missing, it waits only for its input and its reader.
- *Ends*: when it ends. If the line is missing, when its input ends.
- *Fails*: what makes it fail. If the line is missing, only a failure of its input.

The tests run the examples.

Some options mean the same in every function. \`name\` is the name in errors and traces. \`onError\` and \`retry\` say what
happens to an item that a callback fails on; the [guide](guide.md#when-things-go-wrong) describes both. \`concurrency\` is how
many calls may be in progress at once, and \`order\` the order in which their items come out. Callbacks get
\`(item, { signal })\`, and may return a promise.`;

const anchor = (name: string): string => name.toLowerCase();

/** The first sentence of the prose; `...` does not end it. */
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

/** The text of docs/operators.md. */
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
