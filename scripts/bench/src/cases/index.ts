import type { Case } from '../case.js';
import { fileMemory } from './file-memory.js';
import { foreign } from './foreign.js';
import { ndjson } from './ndjson.js';
import { seed } from './seed.js';
import { stageMemory } from './stage-memory.js';
import { startUp } from './start-up.js';
import { tenStages } from './ten-stages.js';

/** All cases, in the order of the report. */
export const cases: readonly Case[] = [
  seed,
  tenStages,
  foreign,
  ndjson,
  startUp,
  fileMemory,
  stageMemory,
];
