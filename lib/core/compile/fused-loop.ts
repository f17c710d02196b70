import type { Drain } from '../protocol/drain.js';
import type { Host } from '../protocol/host.js';
import { isPassable, type WAIT } from '../protocol/pull.js';
import type { TimeSlice } from '../time/time-slice.js';
import { type Burst, compile, compilePass, type Pass } from './compile.js';
import type { CompiledLoop, LoopInput } from './compile-input.js';
import { compiling } from './generate.js';

/** Runs the segment of a loop as generated code, once it has moved enough items: in bursts, between plain pulls. */
export class FusedLoop {
  readonly #input: LoopInput;
  #next = compiling.after;
  /** Takes a single item through the segment; set once it is compiled, if the segment is straight. */
  pass: Pass | undefined;
  #burst: Burst | undefined;

  constructor(loop: CompiledLoop & Host, drain: Drain<unknown>, slice: TimeSlice) {
    const { segment, meter, context } = loop;
    this.#input = { segment, drain, loop, slice, context, meter, STOP: false };
    segment.drained = true;
  }

  /**
   * Called before each plain pull: moves as many items as possible. `WAIT`: no item is there now. Otherwise plain pulls
   * go on. If sends wait for answers, there is no burst: plain pulls move all items that do not pass.
   */
  run(): boolean | typeof WAIT {
    const { segment, slice, loop } = this.#input;
    if (slice.counted >= this.#next) this.#compile();
    const burst = this.#burst;
    if (!burst || slice.over || loop.interrupted || !segment.free) return false;
    let more = burst();
    while (more === true && !slice.due()) more = burst();
    if (more === undefined) this.#compile();
    return more ?? false;
  }

  #compile(): void {
    this.#next = Infinity;
    const input = this.#input;
    if (!input.loop.acknowledged) this.#burst = compile(input);
    // From now on, items that come one by one can pass.
    const source = input.segment.head?.source;
    if (!source || !isPassable(source)) return;
    this.pass = compilePass(input);
    if (this.pass) source.passage = input.loop;
  }
}
