import { expect } from 'chai';
import { Ack } from '../../../lib/core/protocol/ack.js';
import { END, WAIT } from '../../../lib/core/protocol/pull.js';
import { Inbox } from '../../../lib/core/pulls/inbox.js';
import { RecordingHost } from '../../helpers/recording-host.js';

describe('Inbox', () => {
  it('gives what was put, in order, and has to wait when there is nothing', () => {
    const inbox = new Inbox<number>();
    inbox.put(1);
    inbox.put(2);
    inbox.put(3);
    expect(inbox.length).to.equal(3);
    expect([1, 2, 3, 4].map(() => inbox.pull())).to.deep.equal([1, 2, 3, WAIT]);
    expect(inbox.length).to.equal(0);
  });

  it('gives what is left once it has been ended, and then END', () => {
    const inbox = new Inbox<number>();
    inbox.put(1);
    inbox.end();
    expect(inbox.open).to.equal(false);
    expect([inbox.pull(), inbox.pull(), inbox.pull()]).to.deep.equal([1, END, END]);
  });

  it('wakes its host for every put, and for the end', () => {
    const host = new RecordingHost();
    const inbox = new Inbox<number>().attach(host);
    inbox.put(1);
    inbox.put(2);
    inbox.end();
    expect(host.told).to.deep.equal(['wake', 'wake', 'wake']);
  });

  it('says that it is hungry when it is asked and has nothing, and only then', () => {
    const inbox = new Inbox<number>();
    let asked = 0;
    inbox.hungry = () => {
      asked += 1;
    };
    inbox.put(1);
    inbox.pull();
    expect(asked).to.equal(0);
    inbox.pull();
    expect(asked).to.equal(1);
  });

  it('gives at once what is put because it is hungry', () => {
    const inbox = new Inbox<string>();
    inbox.hungry = () => inbox.put('fed');
    expect(inbox.pull()).to.equal('fed');
  });

  it('gives in order what comes together and what comes after it, because it is hungry', () => {
    const inbox = new Inbox<number>();
    inbox.hungry = () => {
      inbox.hungry = undefined;
      inbox.addAll([1, 2]);
      inbox.put(3);
    };
    expect([1, 2, 3].map(() => inbox.pull())).to.deep.equal([1, 2, 3]);
  });

  it('drops its oldest item, whose ack is released without an answer', () => {
    const inbox = new Inbox<string>();
    const answers: unknown[] = [];
    for (const item of ['a', 'b']) inbox.put(item, new Ack((answer) => answers.push(item, answer)));
    inbox.drop();
    expect(answers).to.deep.equal(['a', undefined]);
    expect([inbox.pull(), inbox.length]).to.deep.equal(['b', 0]);
  });

  it('releases the ack of an item when the next one is asked for', () => {
    const done: string[] = [];
    const host = new RecordingHost();
    const inbox = new Inbox<string>().attach(host);
    const ack = new Ack(() => done.push('a'));
    inbox.put('a', ack);
    inbox.put('b', new Ack(() => done.push('b')));
    inbox.pull();
    expect(host.inHand).to.deep.equal([ack]);
    expect(done).to.deep.equal([]);
    inbox.pull();
    expect(done).to.deep.equal(['a']);
    inbox.pull();
    expect(done).to.deep.equal(['a', 'b']);
  });

  it('does not release an ack that another holder retains', () => {
    const done: unknown[] = [];
    const inbox = new Inbox<string>();
    const ack = new Ack((answer) => done.push(answer));
    inbox.put('a', ack);
    inbox.pull();
    ack.retain();
    inbox.pull();
    expect(done).to.deep.equal([]);
    ack.answer = 'late';
    ack.release();
    expect(done).to.deep.equal(['late']);
  });

  it('refuses items after it is closed, and gives nothing', () => {
    const done: string[] = [];
    const inbox = new Inbox<string>();
    const acked = (name: string) =>
      new Ack(
        () => done.push(`${name} done`),
        () => done.push(`${name} refused`),
      );
    for (const name of ['a', 'b', 'c']) inbox.put(name, acked(name));
    inbox.pull();
    inbox.close();
    inbox.close();
    expect(done).to.deep.equal(['a done', 'b refused', 'c refused']);
    expect(inbox.open).to.equal(false);
    expect(inbox.pull()).to.equal(END);
  });

  it('counts a refused item as done when there is no handler for it', () => {
    const done: unknown[] = [];
    const inbox = new Inbox<string>();
    inbox.put('a', new Ack((answer) => done.push(answer)));
    inbox.close();
    expect(done).to.deep.equal([undefined]);
  });

  describe('with a passage', () => {
    const passing = (more = true) => {
      const passed: unknown[] = [];
      const pass = (item: unknown) => {
        passed.push(item);
        return more;
      };
      return { passed, passage: { ready: true, pass } };
    };

    it('lets an item that is waited for past, and asks for the next', () => {
      const inbox = new Inbox<string>();
      const { passed, passage } = passing();
      const done: unknown[] = [];
      let asked = 0;
      inbox.passage = passage;
      inbox.hungry = () => {
        asked += 1;
      };
      inbox.put('kept');
      expect(inbox.length).to.equal(1);
      expect([inbox.pull(), inbox.pull()]).to.deep.equal(['kept', WAIT]);
      inbox.put('a', new Ack(() => done.push('a')));
      inbox.put('b', new Ack(() => done.push('b')));
      expect(passed).to.deep.equal(['a', 'b']);
      expect(done).to.deep.equal(['a', 'b']);
      expect(asked).to.equal(3);
    });

    it('keeps the next item where the one before it is not done', () => {
      const inbox = new Inbox<string>();
      const { passed, passage } = passing(false);
      const done: unknown[] = [];
      inbox.passage = passage;
      inbox.pull();
      inbox.put('a', new Ack(() => done.push('a')));
      inbox.put('b', new Ack(() => done.push('b')));
      expect(passed).to.deep.equal(['a']);
      expect(done).to.deep.equal([]);
      expect(inbox.pull()).to.equal('b');
      expect(done).to.deep.equal(['a']);
    });

    it('keeps what comes while the passage is not ready', () => {
      const inbox = new Inbox<string>();
      const { passed, passage } = passing();
      inbox.passage = { ...passage, ready: false };
      inbox.pull();
      inbox.put('a');
      expect(passed).to.deep.equal([]);
      expect(inbox.pull()).to.equal('a');
    });

    it('wakes its host for what is put because it is hungry, once that has returned', () => {
      const host = new RecordingHost();
      const inbox = new Inbox<string>().attach(host);
      const { passed, passage } = passing();
      inbox.passage = passage;
      inbox.pull();
      inbox.hungry = () => {
        inbox.put('b');
        inbox.put('c');
        inbox.end();
        host.told.push('fed');
      };
      inbox.put('a');
      expect(passed).to.deep.equal(['a']);
      expect(host.told).to.deep.equal(['fed', 'wake']);
      expect([inbox.pull(), inbox.pull(), inbox.pull()]).to.deep.equal(['b', 'c', END]);
    });
  });

  it('gives items that came together before those that came later, and counts both', () => {
    const inbox = new Inbox<number>();
    inbox.addAll([1, 2]);
    inbox.addAll([3]);
    inbox.put(4);
    expect(inbox.length).to.equal(4);
    expect([1, 2, 3, 4].map(() => inbox.pull())).to.deep.equal([1, 2, 3, 4]);
    inbox.addAll([5]);
    expect([inbox.pull(), inbox.pull()]).to.deep.equal([5, WAIT]);
  });

  it('drops the item that has waited longest, of those that came together and not as a run, too', () => {
    const inbox = new Inbox<number>();
    inbox.addAll([1, 2], false);
    inbox.put(3);
    inbox.drop();
    expect([inbox.pull(), inbox.pull(), inbox.pull()]).to.deep.equal([2, 3, WAIT]);
  });

  it('does not wake its host for items that are added', () => {
    const host = new RecordingHost();
    const inbox = new Inbox<number>().attach(host);
    inbox.addAll([1, 2]);
    expect(host.told).to.deep.equal([]);
    inbox.wake();
    expect(host.told).to.deep.equal(['wake']);
  });

  for (const put of ['one by one', 'together', 'both ways'] as const) {
    it(`tells that there is room when as many as were waiting are one fewer (${put})`, () => {
      const inbox = new Inbox<number>();
      const left: number[] = [];
      inbox.whenRoomy(3, () => left.push(inbox.length));
      const together = put === 'one by one' ? [] : [1, 2, 3, 4].slice(put === 'together' ? 0 : 2);
      inbox.addAll(together);
      for (let at = together.length; at < 4; at += 1) inbox.put(at);
      while (inbox.length > 0) inbox.pull();
      inbox.put(5);
      inbox.pull();
      expect(left).to.deep.equal([2]);
    });
  }
});
