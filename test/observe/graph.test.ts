import { expect } from 'chai';
import { pipeline, range, stats, statsTable, toArray } from '../../lib/index.js';
import { graph } from '../../lib/observe/graph.js';
import { rejection } from '../helpers/rejection.js';
import { busyRun, runStats } from '../helpers/run-stats.js';

/** What would end a text, or begin markup, in one of the languages. */
const WILD = 'a"b\\n<b>&amp;#35;`c`|%%{x}%%]';

const wild = () => runStats([{ name: WILD }, { name: 'toArray' }]);

describe('graph', () => {
  it('dot has a box for each stage, its figures on the arrows, frames, and the bottleneck marked', async () => {
    const text = await graph(busyRun());
    expect(text).to.match(/^digraph sluice \{/);
    expect(text).to.include(
      's3 [label="stage 2 `map(slow)`\\n97% busy, 3% starved, 0% blocked\\nbottleneck\\n"',
    );
    expect(text.match(/penwidth=2/g)).to.have.lengthOf(1);
    expect(text).to.include('s0 -> s1 [label=" 100 MiB\\l 25.0 MiB/s\\l"]');
    expect(text).to.include('s1 -> s2 [label=" 1,234,567 items\\l 309k/s\\l"]');
    expect(text).to.include('s4 -> s6 [label=" 40,100 items\\l 10.0k/s\\l"]');
    expect(text).to.match(/subgraph cluster_0 \{.* s0; s1; s2; s3; s4 \}/);
    expect(text).to.match(/subgraph cluster_1 \{.* s6; s7 \}/);
  });

  it('mermaid has the same', async () => {
    const text = await graph(busyRun(), { format: 'mermaid' });
    expect(text).to.match(/^flowchart TB\n/);
    expect(text).to.include(
      's3("stage 2 #96;map(slow)#96;<br/>97#37; busy, 3#37; starved, 0#37; blocked<br/>bottleneck")',
    );
    expect(text).to.include('s1 -->|"1,234,567 items<br/>309k/s"| s2\n');
    expect(text).to.include('subgraph loop1[" "]\n    s6\n    s7\n  end\n');
    expect(text).to.match(/^ {2}style s3 fill:/m);
  });

  it('svg is a picture by Graphviz, with the same texts', async () => {
    const text = await graph(busyRun(), { format: 'svg' });
    expect(text).to.match(/<svg [\s\S]*<\/svg>\s*$/);
    expect(text).to.include('>97% busy, 3% starved, 0% blocked</text>');
    expect(text.replaceAll('\u00a0', ' ').replaceAll('&#160;', ' ')).to.include(
      '1,234,567 items</text>',
    );
    expect(text).to.include('東京.txt</text>');
  });

  it('dot escapes names, so that Graphviz shows them as they are', async () => {
    expect(await graph(wild())).to.include('label="a\\"b\\\\n<b>&amp;amp;#35;`c`|%%{x}%%]\\n');
    const svg = await graph(wild(), { format: 'svg' });
    expect(svg).to.include('>a&quot;b\\n&lt;b&gt;&amp;amp;#35;`c`|%%{x}%%]</text>');
  });

  it('mermaid escapes all of a name that might be markup', async () => {
    const text = await graph(wild(), { format: 'mermaid' });
    expect(text).to.include(
      '"a#34;b#92;n#60;b#62;#38;amp#59;#35;35#59;#96;c#96;#124;#37;#37;#123;x#125;#37;#37;#93;',
    );
  });

  it('an arrow from several into one has what each has given', async () => {
    const run = runStats([
      { name: 'a', itemsOut: 1 },
      { name: 'b', inputs: [], itemsOut: 2 },
      { name: 'zip', inputs: [0, 1], itemsIn: 3, itemsOut: 1 },
      { name: 'count', itemsIn: 1 },
    ]);
    const arrows = (await graph(run)).match(/s\d -> s\d \[label=" [^\\]*/g);
    expect(arrows).to.deep.equal([
      's0 -> s2 [label=" 1 item',
      's1 -> s2 [label=" 2 items',
      's2 -> s3 [label=" 1 item',
    ]);
  });

  it('a run that has not begun has no figures', async () => {
    const run = runStats([{ name: 'range' }, { name: 'toArray' }], { elapsedMs: 0 });
    expect(await graph(run, { format: 'mermaid' })).to.equal(
      'flowchart TB\n  s0(["range"])\n  s1["toArray"]\n  subgraph loop0[" "]\n    s0\n    s1\n  end\n  s0 --> s1\n',
    );
  });

  it('reads a run that is watched itself', async () => {
    const run = stats();
    await pipeline(range(0, 3), toArray(), { stats: run });
    expect(await graph(run)).to.equal(await graph(run.read()));
    expect(await graph(run)).to.include('s0 -> s1 [label=" 3 items');
    expect(statsTable(run)).to.equal(statsTable(run.read()));
  });

  it('rejects with an ArgumentError for a format that it does not know', async () => {
    expect(await rejection(graph(wild(), { format: 'png' as never }))).to.have.property(
      'message',
      "graph: format must be one of 'dot', 'mermaid', 'svg', got png",
    );
  });
});
