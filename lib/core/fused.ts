import { type Burst, compile, compilePass, type Pass } from './compile.js';
import type { Material } from './material.js';
import { isPassable } from './passage.js';
import type { WAIT } from './pull.js';

/** Generating code takes longer than a short pipeline does; what is new is slow either way. */
const COMPILE_AFTER = 64;

const wish = Number(process.env['SLUICE_COMPILE'] ?? COMPILE_AFTER);

/** How many items a segment moves before it is compiled; Infinity where code can't be generated, or is not to be. */
export const compiling = { after: wish > 0 ? wish - 1 : Infinity };

/** A segment that runs as one generated loop once it has shown to be worth that, in bursts between plain pulls. */
export class Fused {
  readonly #material: Material;
  #next = compiling.after;
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
    const material = this.#material;
    try {
      if (!material.loop.acknowledged) this.#burst = compile(material);
      // Items that come one by one need no stop on the way from then on.
      const source = material.segment.head?.source;
      if (!source || !isPassable(source)) return;
      this.pass = compilePass(material);
      if (this.pass) source.passage = material.loop;
    } catch (error) {
      // No code may be generated in this process.
      if (error instanceof EvalError) compiling.after = Infinity;
    }
  }
}
