import { expect } from 'chai';
import { graph, type RunStats, stats, statsTable } from '../../lib/index.js';
import type { Same } from './same.js';

describe('types of what shows a run', () => {
  it('graph and statsTable take what stats made, and a read of it, and no other', () => {
    const run = stats();
    const read: RunStats = run.read();
    const drawn = () => [graph(run), graph(read, { format: 'svg' })] as const;
    const isText: Same<
      ReturnType<typeof drawn>,
      readonly [Promise<string>, Promise<string>]
    > = true;
    const isTable: Same<ReturnType<typeof statsTable>, string> = true;
    const wrong = () => [
      // @ts-expect-error a pipeline's promise is no run
      graph(Promise.resolve(1)),
      // @ts-expect-error no format
      graph(run, { format: 'png' }),
      // @ts-expect-error columns are counted
      statsTable(run, { width: '80' }),
      // @ts-expect-error an earlier read, not the reader
      statsTable(run, { since: run }),
    ];
    expect([isText, isTable, typeof wrong]).to.deep.equal([true, true, 'function']);
    expect(statsTable(read, { since: read, width: 80, rows: 1, color: false })).to.be.a('string');
  });
});
