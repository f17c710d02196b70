import { type Burst, compile, compilePass, type Material, type Pass } from './compile.js';
import { Inbox } from './inbox.js';
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
    if (slice.counted < this.#after || slice.over || loop.interrupted || !segment.free)
      return false;
    const burst = this.#burst ?? this.#compile();
    let more = burst();
    while (more === true && !slice.due()) more = burst();
    return more;
  }

  #compile(): Burst {
    this.#burst = () => false;
    try {
      if (!this.#material.loop.acknowledged) this.#burst = compile(this.#material);
      this.#shorten(this.#material);
    } catch {
      compiling.after = Infinity;
    }
    return this.#burst;
  }

  /** Items that come one by one need no stop in the inbox from now on. */
  #shorten({ segment, loop }: Material): void {
    const source = segment.head?.source;
    if (!(source instanceof Inbox)) return;
    this.pass = compilePass(this.#material);
    if (this.pass) source.passage = loop;
  }
}
