import { expect } from 'chai';
import { AckedStep } from '../../../lib/core/chain/acked-step.js';
import { StepPull } from '../../../lib/core/chain/step-pull.js';
import { Ack } from '../../../lib/core/protocol/ack.js';
import { END, SKIP, WAIT } from '../../../lib/core/protocol/pull.js';
import { Inbox } from '../../../lib/core/pulls/inbox.js';
import { RecordingHost } from '../../helpers/recording-host.js';

const ref = { name: 'pair', position: 1 };

/** A step that makes pairs, fed through an inbox, and what has been answered so far. */
class Pairs {
  readonly answered: string[] = [];
  readonly host = new RecordingHost();
  readonly #inbox = new Inbox<string>().attach(this.host);
  readonly #held: string[] = [];
  readonly #pull = new AckedStep<string, string>(
    this.host,
    this.#inbox,
    (input) => new StepPull(input, this.#step, this.host, ref, this.host.segment),
    () => this.#held.length,
  );

  get #step() {
    return {
      name: 'pair',
      map: (item: string) => (this.#held.push(item) < 2 ? SKIP : this.#letGo()),
      end: () => (this.#held.length > 0 ? [this.#letGo()] : []),
    };
  }

  #letGo(): string {
    return this.#held.splice(0).join('');
  }

  send(...items: string[]): void {
    for (const item of items) this.#inbox.put(item, new Ack(() => this.answered.push(item)));
  }

  end(): void {
    this.#inbox.end();
  }

  pull(): unknown {
    return this.#pull.pull();
  }

  close(): Promise<void> {
    return this.#pull.close();
  }
}

describe('AckedStep', () => {
  it('answers the items that a step holds once what it makes of them has been taken', () => {
    const pairs = new Pairs();
    pairs.send('a', 'b');
    expect(pairs.pull()).to.equal('ab');
    expect(pairs.host.inHand).to.have.length(2);
    expect(pairs.answered).to.deep.equal([]);
    expect(pairs.pull()).to.equal(WAIT);
    expect(pairs.answered).to.deep.equal(['a', 'b']);
  });

  it('does not answer an item while it is held', () => {
    const pairs = new Pairs();
    pairs.send('a', 'b', 'c');
    pairs.pull();
    expect(pairs.pull()).to.equal(WAIT);
    expect(pairs.pull()).to.equal(WAIT);
    expect(pairs.answered).to.deep.equal(['a', 'b']);
  });

  it('answers what is held at the end after what is made of it then', () => {
    const pairs = new Pairs();
    pairs.send('a', 'b', 'c');
    pairs.end();
    expect([pairs.pull(), pairs.pull()]).to.deep.equal(['ab', 'c']);
    expect(pairs.answered).to.deep.equal(['a', 'b']);
    expect(pairs.pull()).to.equal(END);
    expect(pairs.answered).to.deep.equal(['a', 'b', 'c']);
  });

  it('answers everything when it is closed, once', async () => {
    const pairs = new Pairs();
    pairs.send('a');
    expect(pairs.pull()).to.equal(WAIT);
    await pairs.close();
    await pairs.close();
    expect(pairs.answered).to.deep.equal(['a']);
  });
});
