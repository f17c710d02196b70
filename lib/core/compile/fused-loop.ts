import type { Drain } from '../protocol/drain.js';
import type { Host } from '../protocol/host.js';
import { isPassable, type WAIT } from '../protocol/pull.js';
import type { TimeSlice } from '../time/time-slice.js';
import { type Burst, compile, compilePass, type Pass } from './compile.js';
import type { CompiledLoop, LoopInput } from './compile-input.js';
import { compiling } from './generate.js';

/** A segment that runs as one generated loop once it has shown to be worth that, in bursts between plain pulls. */
export class FusedLoop {
  readonly #input: LoopInput;
  #next = compiling.after;
  /** Takes a single item through, once there is a way. */
  pass: Pass | undefined;
  #burst: Burst | undefined;

  constructor(loop: CompiledLoop & Host, drain: Drain<unknown>, slice: TimeSlice) {
    const { segment, meter, context } = loop;
    this.#input = { segment, drain, loop, slice, context, meter, STOP: false };
    segment.drained = true;
  }

  /**
   * Called before an item is pulled: moves as many as it can. `WAIT`: there is nothing now; else the plain pulls go on
   * from there. They move all where somebody waits for answers to single items.
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
    // Items that come one by one need no stop on the way from then on.
    const source = input.segment.head?.source;
    if (!source || !isPassable(source)) return;
    this.pass = compilePass(input);
    if (this.pass) source.passage = input.loop;
  }
}
