import { type Burst, compile, type Material } from './compile.js';
import type { WAIT } from './pull.js';

/** Generating code and optimizing it takes longer than a short pipeline does. */
const COMPILE_AFTER = 4096;

const wish = Number(process.env['SLUICE_COMPILE'] ?? COMPILE_AFTER);

/** How many items a segment moves before it is compiled; Infinity where code can't be generated, or is not to be. */
export const compiling = { after: wish > 0 ? wish - 1 : Infinity };

/** A segment that runs as one generated loop once it has shown to be worth that, in bursts between plain pulls. */
export class Fused {
  readonly #material: Material;
  readonly #after = compiling.after;
  #burst: Burst | undefined;

  constructor(material: Material) {
    this.#material = material;
  }

  /**
   * Called before an item is pulled: moves as many as it can. `WAIT`: there is nothing now; else the plain pulls go on
   * from there.
   */
  run(): boolean | typeof WAIT {
    const { segment, slice, loop } = this.#material;
    if (slice.counted < this.#after || slice.over || loop.interrupted || !segment.free)
      return false;
    const burst = this.#burst ?? this.#compile();
    let more = burst();
    while (more === true && !slice.due()) more = burst();
    return more;
  }

  #compile(): Burst {
    try {
      this.#burst = compile(this.#material);
    } catch {
      compiling.after = Infinity;
      this.#burst = () => false;
    }
    return this.#burst;
  }
}
