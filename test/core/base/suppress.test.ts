import { expect } from 'chai';
import { StageError } from '../../../lib/core/base/errors.js';
import { suppress } from '../../../lib/core/base/suppress.js';

const stage = { name: 'map(parse)', position: 2 };
const cause = new TypeError('not a number');

describe('suppressed', () => {
  const suppressed = (error: Error): unknown =>
    (error as Error & { suppressed?: unknown }).suppressed;

  it('holds the errors that came later, in order', () => {
    const winner = new Error('first');
    suppress(winner, cause);
    suppress(winner, 'text');
    expect(suppressed(winner)).to.deep.equal([cause, 'text']);
    expect(Object.keys(winner)).to.deep.equal([]);
  });

  it('is not there when nothing came later, or only the error itself', () => {
    const winner = new Error('first');
    suppress(winner, winner);
    expect(suppressed(winner)).to.equal(undefined);
    expect('suppressed' in winner).to.equal(false);
  });

  it('counts a StageError and its cause as one error', () => {
    const winner = new StageError(stage, cause);
    suppress(winner, cause);
    suppress(winner, new StageError({ name: 'other', position: 3 }, cause));
    expect(suppressed(winner)).to.equal(undefined);
    suppress(winner, Object.assign(new Error('mine'), { code: 'ERR_MINE', cause }));
    expect(suppressed(winner)).to.have.property('length', 1);
  });

  it('leaves out a premature close, which is what a failure looks like from the other streams', () => {
    const winner = new Error('first');
    suppress(winner, Object.assign(new Error('closed'), { code: 'ERR_STREAM_PREMATURE_CLOSE' }));
    suppress(winner, null);
    expect(suppressed(winner)).to.deep.equal([null]);
  });

  it('goes from an error to the StageError that it is the cause of', () => {
    const broken = new Error('broken');
    const first = new Error('first');
    suppress(broken, first);
    expect(suppressed(new StageError(stage, broken))).to.deep.equal([first]);
    expect(suppressed(broken)).to.deep.equal([first]);
  });

  it("leaves alone what JavaScript's own SuppressedError has under that name", () => {
    const native = () => Object.assign(new Error('disposing'), { suppressed: cause });
    const winner = native();
    suppress(winner, new Error('later'));
    expect(suppressed(winner)).to.equal(cause);
    const other = new Error('first');
    const later = native();
    suppress(other, later);
    expect(suppressed(other)).to.deep.equal([later]);
    expect(suppressed(new StageError(stage, later))).to.equal(undefined);
  });

  it('is not forced on what is no error or can not be changed', () => {
    const frozen = Object.freeze(new Error('frozen'));
    suppress(frozen, cause);
    suppress('text', cause);
    suppress(undefined, cause);
    expect(suppressed(frozen)).to.equal(undefined);
  });
});
