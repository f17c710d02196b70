import { createReadStream, createWriteStream } from 'node:fs';
import type { Case } from '../case.js';
import { csvFile, digestOutput, outputFile, writeCsvFile } from '../files.js';
import { command, sluice } from '../programs.js';

interface Row {
  readonly id: string;
  readonly status: string;
  readonly user: string;
}

export const csv: Case = {
  name: 'csv',
  title: 'CSV to NDJSON, file to file',
  what:
    'A file of rows, 99 bytes each on average, a sixth of the fields in quotes, with quotes in them: parse, keep half by ' +
    'status, keep three fields of six, format, write a file. Miller uses more than one thread.',
  unit: 'ms',
  sizes: [1e5, 1e6],
  quick: 1e3,
  mostMs: 60_000,
  prepare: writeCsvFile,
  answer: digestOutput,
  peers: {
    async sluice() {
      const { filter, formatNdjson, map, parseCsv, pipeline } = await import('../sluice.js');
      return (items) =>
        pipeline(
          createReadStream(csvFile(items)),
          parseCsv<Row>(),
          filter(({ status }) => Number(status) >= 404),
          map(({ id, status, user }) => ({ id, status, user })),
          formatNdjson(),
          createWriteStream(outputFile()),
        );
    },

    'the sluice command': command((items) => [
      ...sluice,
      '-i',
      csvFile(items),
      'filter(r => r.status >= 404)',
      'map(({ id, status, user }) => ({ id, status, user }))',
    ]),

    Miller: command((items) => [
      'mlr',
      '--icsv',
      '--ojsonl',
      '-S',
      'filter',
      '$status >= 404',
      'then',
      'cut',
      '-o',
      '-f',
      'id,status,user',
      'then',
      'put',
      '$id = string($id); $status = string($status)',
      csvFile(items),
    ]),
  },
};
