import { expect } from 'chai';
import { lines } from '../../lib/formats/lines.js';
import { parseNdjson } from '../../lib/formats/parse-ndjson.js';
import { push } from '../../lib/push/push.js';

describe('push through a stage that holds a part of its input', () => {
  it('answers a chunk when the last of its lines has been taken', async () => {
    const producer = push(lines(), (line) => line);
    expect(await producer.send('1\n2\n')).to.equal('2');
    await producer.close();
  });

  it('answers a chunk that came to nothing', async () => {
    const producer = push(parseNdjson(), (value) => value);
    expect(await producer.send('\n')).to.equal(undefined);
    await producer.close();
  });

  it('answers a chunk when the line that it begins has been taken', async () => {
    const producer = push(lines(), (line) => line);
    const answers = [producer.send('1\n2'), producer.send('3\n')];
    expect(await Promise.all(answers)).to.deep.equal(['23', '23']);
    await producer.close();
  });
});
