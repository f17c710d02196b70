import type { Case } from '../case.js';
import { broadcast } from './broadcast.js';
import { concurrentMap } from './concurrent-map.js';
import { csv } from './csv.js';
import { csvMemory, fileMemory } from './file-memory.js';
import { flatMap } from './flat-map.js';
import { foreign } from './foreign.js';
import { generatorSource } from './generator-source.js';
import { lines } from './lines.js';
import { ndjson } from './ndjson.js';
import { push } from './push.js';
import { seed } from './seed.js';
import { settledMap } from './settled-map.js';
import { stageMemory } from './stage-memory.js';
import { startUp } from './start-up.js';
import { tenStages } from './ten-stages.js';
import { zip } from './zip.js';

/** All cases, in the order of the report. */
export const cases: readonly Case[] = [
  seed,
  tenStages,
  generatorSource,
  flatMap,
  zip,
  broadcast,
  push,
  settledMap,
  concurrentMap,
  foreign,
  ndjson,
  csv,
  lines,
  startUp,
  fileMemory,
  csvMemory,
  stageMemory,
];
