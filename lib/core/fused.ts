import { type Burst, compile, compilePass, type Pass } from './compile.js';
import type { Making } from './generate.js';
import { Inbox } from './inbox.js';
import type { Material } from './material.js';
import type { WAIT } from './pull.js';

/** Generating code and optimizing it takes longer than a short pipeline does; finding it again does not. */
const FIND_AFTER = 256;
const COMPILE_AFTER = 4096;
/** From here on a loop of its own pays, too. */
const OWN_AFTER = 131_072;

const wish = Number(process.env['SLUICE_COMPILE'] ?? COMPILE_AFTER);

/** How many items a segment moves before it is compiled; Infinity where code can't be generated, or is not to be. */
export const compiling = { after: wish > 0 ? wish - 1 : Infinity };

interface Tier {
  readonly after: number;
  readonly making: Making;
}

/** A segment that runs as one generated loop once it has shown to be worth that, in bursts between plain pulls. */
export class Fused {
  readonly #material: Material;
  readonly #tiers: Tier[];
  #next: number;
  /** Takes a single item through, once there is a way. */
  pass: Pass | undefined;
  #burst: Burst | undefined;

  constructor(material: Material) {
    this.#material = material;
    const { after } = compiling;
    this.#tiers = [
      { after: Math.min(FIND_AFTER, after), making: 'known' },
      { after, making: 'shared' },
      { after: Math.max(OWN_AFTER, after), making: 'own' },
    ];
    this.#next = after === Infinity ? after : Math.min(FIND_AFTER, after);
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
    return more;
  }

  #compile(counted: number): void {
    try {
      while (counted >= this.#next) this.#make(this.#tiers.shift());
    } catch (error) {
      this.#next = Infinity;
      // No code may be generated in this process.
      if (error instanceof EvalError) compiling.after = Infinity;
    }
  }

  #make(tier: Tier | undefined): void {
    const material = this.#material;
    this.#next = this.#tiers[0]?.after ?? Infinity;
    if (!tier) return;
    if (!material.loop.acknowledged) this.#burst = compile(material, tier.making) ?? this.#burst;
    // Items that come one by one need no stop in the inbox from then on.
    const source = material.segment.head?.source;
    if (!(source instanceof Inbox)) return;
    this.pass = compilePass(material, tier.making) ?? this.pass;
    if (this.pass) source.passage = material.loop;
  }
}
