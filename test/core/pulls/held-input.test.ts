import { expect } from 'chai';
import { Ack } from '../../../lib/core/protocol/ack.js';
import { END, WAIT } from '../../../lib/core/protocol/pull.js';
import { HeldInput } from '../../../lib/core/pulls/held-input.js';
import { Inbox } from '../../../lib/core/pulls/inbox.js';
import { RecordingHost } from '../../helpers/recording-host.js';

/** A held input fed through an inbox, and what has been answered so far. */
function fed(...items: string[]) {
  const answered: string[] = [];
  const host = new RecordingHost();
  Object.assign(host, { acknowledged: true });
  const inbox = new Inbox<string>().attach(host);
  for (const item of items) inbox.put(item, new Ack(() => answered.push(item)));
  return { answered, host, inbox, input: new HeldInput(inbox, host) };
}

describe('HeldInput', () => {
  it('does not answer what it holds, however much is taken after it', () => {
    const { answered, input } = fed('a', 'b', 'c');
    const held = ['a', 'b'].map((item) => {
      expect(input.pull()).to.equal(item);
      return input.hold();
    });
    expect(input.pull()).to.equal('c');
    expect(input.pull()).to.equal(WAIT);
    expect(answered).to.deep.equal(['c']);
    input.release(held[1] ?? []);
    expect(answered).to.deep.equal(['c', 'b']);
  });

  it('answers what it hands on when the stage is asked again', () => {
    const { answered, host, input } = fed('a', 'b', 'c');
    const held = ['a', 'b'].map(() => {
      input.pull();
      return input.hold();
    });
    input.pull();
    input.handOn(held);
    expect(host.inHand).to.have.lengthOf(2);
    expect(answered).to.deep.equal([]);
    input.taken();
    expect(answered).to.deep.equal(['a', 'b']);
    input.taken();
    expect(answered).to.deep.equal(['a', 'b']);
  });

  it('answers an item once all that it is kept for has been handed on', () => {
    const { answered, input } = fed('a', 'b');
    input.pull();
    const held = input.hold();
    input.handOn([input.keep(held)]);
    input.pull();
    input.taken();
    expect(answered).to.deep.equal([]);
    input.release(held);
    expect(answered).to.deep.equal(['a']);
  });

  it('lets those upstream find their own acks in hand', () => {
    const { host, input } = fed('a');
    input.pull();
    const own = host.inHand;
    Object.assign(host, { acks: undefined });
    input.pull();
    expect(host.inHand).to.equal(own);
  });

  it('counts what it holds as done when it is closed', async () => {
    const { answered, input } = fed('a', 'b', 'c');
    input.pull();
    input.hold();
    input.pull();
    input.handOn([input.hold()]);
    await input.close();
    expect(answered).to.include.members(['a', 'b']);
  });

  it('keeps no acks without acknowledgement', () => {
    const host = new RecordingHost();
    const inbox = new Inbox<string>().attach(host);
    inbox.put('a');
    inbox.end();
    const input = new HeldInput(inbox, host);
    expect(input.pull()).to.equal('a');
    const held = input.hold();
    expect(held).to.deep.equal([]);
    input.handOn([held]);
    input.taken();
    expect(input.pull()).to.equal(END);
    expect(input.close()).to.equal(undefined);
  });
});
