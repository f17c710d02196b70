import { type Burst, compile, compilePass, type Pass } from './compile.js';
import type { Making } from './generate.js';
import { Inbox } from './inbox.js';
import type { Material } from './material.js';
import type { WAIT } from './pull.js';

/** Finding generated code again takes as long as some plain pulls do. */
const FIND_AFTER = 64;
/** Generating and optimizing it takes longer than a short pipeline does. */
const COMPILE_AFTER = 4096;

const wish = Number(process.env['SLUICE_COMPILE'] ?? COMPILE_AFTER);

/** How many items a segment moves before it is compiled; Infinity where code can't be generated, or is not to be. */
export const compiling = { after: wish > 0 ? wish - 1 : Infinity };

/** A segment that runs as one generated loop once it has shown to be worth that, in bursts between plain pulls. */
export class Fused {
  readonly #material: Material;
  #next = compiling.after === Infinity ? Infinity : Math.min(FIND_AFTER, compiling.after);
  /** Takes a single item through, once there is a way. */
  pass: Pass | undefined;
  #burst: Burst | undefined;

  constructor(material: Material) {
    this.#material = material;
  }

  /**
   * Called before an item is pulled: moves as many as it can. `WAIT`: there is nothing now; else the plain pulls go on
   * from there. They move all where somebody waits for answers to single items.
   */
  run(): boolean | typeof WAIT {
    const { segment, slice, loop } = this.#material;
    if (slice.counted >= this.#next) this.#compile(slice.counted);
    const burst = this.#burst;
    if (!burst || slice.over || loop.interrupted || !segment.free) return false;
    let more = burst();
    while (more === true && !slice.due()) more = burst();
    if (more === undefined) this.#make('now');
    return more ?? false;
  }

  #compile(counted: number): void {
    const now = counted >= compiling.after;
    this.#next = now ? Infinity : compiling.after;
    this.#make(now ? 'now' : 'often');
    if (this.#burst || this.pass) this.#next = Infinity;
  }

  #make(making: Making): void {
    const material = this.#material;
    try {
      if (!material.loop.acknowledged) this.#burst = compile(material, making);
      // Items that come one by one need no stop in the inbox from then on.
      const source = material.segment.head?.source;
      if (source instanceof Inbox) this.pass = compilePass(material, making);
      if (source instanceof Inbox && this.pass) source.passage = material.loop;
    } catch (error) {
      this.#next = Infinity;
      // No code may be generated in this process.
      if (error instanceof EvalError) compiling.after = Infinity;
    }
  }
}
