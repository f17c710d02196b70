import { parseTsv } from '../../lib/formats/parse-tsv.js';
import { stageGives } from '../helpers/gives.js';
import { refuses } from '../helpers/refuses.js';

describe('parseTsv', () => {
  stageGives(
    'parseTsv() reads fields with tabs between them, quoted or not',
    ['a\tb\n1,5\t"x\ty"\n'],
    () => parseTsv(),
    [{ a: '1,5', b: 'x\ty' }],
  );

  stageGives(
    'parseTsv({ quotes: false }) reads what databases write',
    ['a\tb\n5"\t"x\n'],
    () => parseTsv({ quotes: false }),
    [{ a: '5"', b: '"x' }],
  );

  refuses(
    'parseTsv says its own name',
    () => parseTsv({ delimiter: '' }),
    'parseTsv: delimiter must',
  );
});
