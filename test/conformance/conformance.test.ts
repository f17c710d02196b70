import { expect } from 'chai';
import * as sluice from '../../lib/index.js';
import { formatRows } from './format-rows.js';
import { operatorRows } from './operator-rows.js';
import { sinkRows } from './sink-rows.js';
import { sourceRows } from './source-rows.js';

const rooms = { operatorRows, sourceRows, sinkRows, formatRows };

/** Functions without a row: those that run the others and are tested with them, and those that only observe. */
const ways = ['compose', 'pipeline', 'pull', 'push', 'stats', 'statsTable', 'graph'];

describe('conformance', () => {
  for (const rows of Object.values(rooms))
    for (const [name, row] of Object.entries(rows)) row(name);

  it('every public operator, junction, source, sink and format has a row', () => {
    const classes = Object.entries(sluice).filter(([, value]) => /^class\b/.test(String(value)));
    const others = [...ways, ...classes.map(([name]) => name)];
    const wanted = Object.keys(sluice).filter((name) => !others.includes(name));
    const found = Object.values(rooms).flatMap((rows) => Object.keys(rows));
    expect(found.sort()).to.deep.equal(wanted.sort());
  });
});
