import type { Case } from '../case.js';
import { digestOutput, inputFile, writeInputFile } from '../files.js';
import { command, sluice } from '../programs.js';

export const startUp: Case = {
  name: 'start-up',
  title: 'Start-up of the command',
  what: 'A file of one line that a filter drops, from start to exit, next to Node with nothing to do. Four times as many runs.',
  unit: 'ms',
  sizes: [1],
  quick: 1,
  times: 4,
  prepare: writeInputFile,
  answer: digestOutput,
  peers: {
    sluice: command((items) => [...sluice, '-i', inputFile(items), 'filter(r => r.status < 0)']),
    'node -e 0': command(() => [process.execPath, '-e', '0']),
    jq: command((items) => ['jq', '-c', 'select(.status < 0)', inputFile(items)]),
    Miller: command((items) => [
      'mlr',
      '--ijsonl',
      '--ojsonl',
      'filter',
      '$status < 0',
      inputFile(items),
    ]),
  },
};
