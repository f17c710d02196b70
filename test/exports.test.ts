import { expect } from 'chai';
import * as sluice from '../lib/index.js';

/** A public name is added on purpose: here, in lib/index.ts and in the changelog. */
const names = {
  running: ['Hub', 'Producer', 'Sink', 'Source', 'Stage', 'compose', 'pipeline', 'pull', 'push'],
  observing: ['graph', 'stats', 'statsTable'],
  sources: ['from', 'generate', 'interval', 'range'],
  junctions: [
    'balance',
    'branch',
    'broadcast',
    'concat',
    'deadLetter',
    'groupBy',
    'hub',
    'interleave',
    'join',
    'merge',
    'mergeSorted',
    'partition',
    'race',
    'tee',
    'zip',
    'zipLatest',
    'zipLongest',
  ],
  operators: [
    'batch',
    'buffer',
    'debounce',
    'dedupe',
    'delay',
    'drop',
    'dropWhile',
    'enumerate',
    'filter',
    'flatMap',
    'map',
    'pairwise',
    'sample',
    'scan',
    'sort',
    'take',
    'takeWhile',
    'tap',
    'throttle',
    'timeout',
    'top',
    'uniq',
    'window',
  ],
  formats: [
    'formatCsv',
    'formatJson',
    'formatLines',
    'formatNdjson',
    'formatTable',
    'formatTsv',
    'lines',
    'parseCsv',
    'parseJson',
    'parseNdjson',
    'parseTsv',
  ],
  sinks: [
    'count',
    'drain',
    'every',
    'find',
    'first',
    'forEach',
    'last',
    'reduce',
    'some',
    'tally',
    'toArray',
  ],
  errors: [
    'AbortError',
    'ArgumentError',
    'AsyncError',
    'BacklogError',
    'BoundError',
    'ClosedError',
    'FormatError',
    'NullItemError',
    'OrderError',
    'ParseError',
    'RouteError',
    'SluiceError',
    'SpillError',
    'StageError',
    'StallError',
    'TimeoutError',
    'UsedError',
  ],
};

describe('the package', () => {
  it('exports these names and no other', () => {
    expect(Object.keys(sluice).sort()).to.deep.equal(Object.values(names).flat().sort());
  });

  // Its build joins modules, and a bundler renames what two of them call the same.
  it('gives each class and function the name it is exported by', () => {
    const named = Object.entries(sluice).filter(([, value]) => typeof value === 'function');
    expect(named.map(([, { name }]) => name)).to.deep.equal(named.map(([name]) => name));
    expect(named).to.have.length.above(60);
  });
});
