import type { Case, Program } from '../case.js';
import { csvFile, digestOutput, inputFile, writeCsvFile, writeInputFile } from '../files.js';
import { command, sluice } from '../programs.js';

const [node, main] = sluice;

/** Loaded before the command: prints its peak memory in KiB when it exits. */
const tellPeak = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => console.error(process.resourceUsage().maxRSS));",
)}`;

const stages = ['filter(r => r.status >= 404)', 'map(({ id, path, ms }) => ({ id, path, ms }))'];

const measured = (file: (items: number) => string): Program => ({
  ...command((items) => [node, '--import', tellPeak, main, '-i', file(items), ...stages]),
  measurement: ({ stderr }) => ({ first: Number(stderr) / 1024 }),
});

export const fileMemory: Case = {
  name: 'file-memory',
  title: 'Peak memory: a file through the command',
  what: 'NDJSON file to file as above. The files have 10 MB, 100 MB and 1 GB.',
  unit: 'MiB',
  sizes: [1e5, 1e6, 1e7],
  quick: 1e3,
  prepare: writeInputFile,
  answer: digestOutput,
  peers: { sluice: measured(inputFile) },
};

export const csvMemory: Case = {
  ...fileMemory,
  name: 'csv-memory',
  title: 'Peak memory: CSV through the command',
  what: 'CSV to NDJSON, file to file as above. The files have 10 MB, 100 MB and 1 GB.',
  prepare: writeCsvFile,
  peers: { sluice: measured(csvFile) },
};
