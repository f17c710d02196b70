import { Readable } from 'node:stream';
import { expect } from 'chai';
import { pipeline, type Source, StageError, take, toArray } from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { Life } from '../helpers/life.js';
import { listeners } from '../helpers/listeners.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';

/** Items in the buffer of a stream in object mode, and one in hand. */
const BUFFER = 16 + 1;
const TAKEN = 3;

/** What the suite has to know of a source. */
export interface SourceSpec {
  /** Its first three items when every input counts from 0. */
  readonly expected: readonly unknown[];
  /** How often each input is asked for those three, and not once more. */
  readonly asked: readonly number[];
  /** The same when the inputs have to be waited for, if that makes a difference. */
  readonly askedLater?: readonly number[];
  /** It gives items in its own time, so that a test can't wait for a second one. */
  readonly timed?: boolean;
}

/** What is true of every source, whatever it reads. `make` is called with as many inputs as `asked` has numbers. */
export function sourceConformance(
  name: string,
  make: (...inputs: (Iterable<number> | AsyncIterable<number>)[]) => Source<unknown>,
  { expected, asked, askedLater = asked, timed = false }: SourceSpec,
): void {
  const counting = () => asked.map(() => new Counted());
  const each = (count: number) => asked.map(() => count);

  describe(`${name} is a source`, () => {
    for (const kind of ['items', 'later'] as const) {
      it(`${name} asks its inputs (${kind}) only for what is taken from it, then closes them`, async () => {
        const inputs = counting();
        const source = make(...inputs.map((input) => input[kind]()));
        expect(await pipeline(source, take<unknown>(TAKEN), toArray())).to.deep.equal(expected);
        const times = kind === 'items' ? asked : askedLater;
        expect(inputs.map((input) => input.asked)).to.deep.equal(times);
        for (const input of inputs) expect(input.closed).to.equal(input.asked > 0);
      });

      it(`${name} closes its inputs (${kind}) when the loop that reads it breaks off`, async () => {
        const inputs = counting();
        const source = make(...inputs.map((input) => input[kind]()));
        const life = new Life(source as never);
        const items: unknown[] = [];
        for await (const item of source) if (items.push(item) === TAKEN) break;
        await quiet(() => life.closes);
        expect(items).to.deep.equal(expected);
        for (const input of inputs) expect(input.closed).to.equal(input.asked > 0);
        expect(life.closes).to.equal(1);
      });

      it(`${name} closes its inputs (${kind}) when it is destroyed`, async () => {
        const inputs = counting();
        const source = make(...inputs.map((input) => input[kind]()));
        const life = new Life(source);
        source.read();
        await quiet(() => source.readableLength);
        source.destroy();
        await quiet(() => life.closes);
        for (const input of inputs) expect(input.closed).to.equal(input.asked > 0);
        expect(life).to.deep.equal({ closes: 1, errors: [] });
      });
    }

    it(`${name} asks its inputs for nothing before it is read`, async () => {
      const inputs = counting();
      const source = make(...inputs.map((input) => input.items()));
      source.once('end', () => {});
      await quiet(() => inputs.map((input) => input.asked).join());
      expect(inputs.map((input) => input.asked)).to.deep.equal(each(0));
      source.destroy();
    });

    it(`${name} asks for no more than a bufferful when its reader stalls`, async () => {
      const inputs = counting();
      const source = make(...inputs.map((input) => input.items()));
      source.pipe(new Stalled());
      await quiet(() => inputs.map((input) => input.asked).join());
      for (const input of inputs) expect(input.asked).to.be.at.most(BUFFER + 1);
      expect(source.readableLength).to.be.within(timed ? 0 : 1, BUFFER);
      source.destroy();
    });

    it(`${name} gives the same items in Node's pipeline`, async () => {
      const sink = toArray();
      const source = make(...counting().map((input) => input.items()));
      await nodeRun([source, take(TAKEN), sink]);
      expect(await sink.result()).to.deep.equal(expected);
    });

    it(`${name} destroys the streams it reads when the reader has enough, and leaves no listener`, async () => {
      const streams = counting().map((input) => Readable.from(input.items()));
      const before = streams.map(listeners);
      expect(await pipeline(make(...streams), take<unknown>(TAKEN), toArray())).to.deep.equal(
        expected,
      );
      expect(streams.map((stream) => stream.closed)).to.deep.equal(asked.map(() => true));
      expect(streams.map(listeners)).to.deep.equal(before);
    });

    it(`${name} destroys the streams it reads when it is destroyed unread`, async () => {
      const streams = counting().map((input) => Readable.from(input.items()));
      const source = make(...streams);
      source.destroy();
      await quiet(() => source.closed);
      expect(streams.map((stream) => stream.closed)).to.deep.equal(asked.map(() => true));
    });

    it(`${name} closes once and without an error when it is destroyed unread`, async () => {
      const source = make(...counting().map((input) => input.items()));
      const life = new Life(source);
      source.destroy();
      source.destroy();
      await quiet(() => life.closes);
      expect(life).to.deep.equal({ closes: 1, errors: [] });
    });

    if (asked.length > 0) failures(name, make, asked.length);
  });
}

const cause = new Error('input failed on purpose');

/** An input's own error is named after it; a stream's stays what it is. Either way the others are closed. */
function failures(
  name: string,
  make: (...inputs: (Iterable<number> | AsyncIterable<number>)[]) => Source<unknown>,
  inputs: number,
): void {
  function* broken(): Generator<number> {
    yield 0;
    throw cause;
  }
  const besides = () => Array.from({ length: inputs - 1 }, () => new Counted());

  it(`${name} fails with the error of an iterable, naming it`, async () => {
    const others = besides();
    const source = make(broken(), ...others.map((other) => other.later()));
    const error = await rejection(pipeline(source, toArray()));
    expect(error).to.be.instanceOf(StageError).with.property('cause', cause);
    expect(error).to.deep.include({ stage: { name: 'from', position: 0 }, index: 1 });
    for (const other of others) expect(other.closed).to.equal(other.asked > 0);
  });

  it(`${name} fails with the error of a stream as it is`, async () => {
    const others = besides();
    const stream = Readable.from(broken());
    const source = make(stream, ...others.map((other) => other.later()));
    expect(await rejection(pipeline(source, toArray()))).to.equal(cause);
    for (const other of others) expect(other.closed).to.equal(other.asked > 0);
  });

  it(`${name} emits that error once, and closes once, when it is read as a stream`, async () => {
    const source = make(broken(), ...besides().map((other) => other.items()));
    const life = new Life(source);
    const error = await rejection(nodeRun([source, toArray()]));
    await quiet(() => life.closes);
    expect(error).to.be.instanceOf(StageError).with.property('cause', cause);
    expect(life).to.deep.equal({ closes: 1, errors: [error] });
  });
}
