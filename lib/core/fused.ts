import { type Burst, compile, compilePass, type Pass } from './compile.js';
import type { Drain } from './drain.js';
import { compiling } from './generate.js';
import type { Host } from './host.js';
import type { LoopMaterial, Mover } from './material.js';
import { isPassable } from './passage.js';
import type { WAIT } from './pull.js';
import type { Slice } from './slice.js';

/** A segment that runs as one generated loop once it has shown to be worth that, in bursts between plain pulls. */
export class Fused {
  readonly #material: LoopMaterial;
  #next = compiling.after;
  /** Takes a single item through, once there is a way. */
  pass: Pass | undefined;
  #burst: Burst | undefined;

  /** Not where somebody watches each step: plain pulls move all items then. */
  static of(loop: Mover & Host, drain: Drain<unknown>, slice: Slice): Fused | undefined {
    const { segment, meter, run, context } = loop;
    const material = { segment, drain, loop, slice, context, meter, STOP: false } as const;
    return run.trace ? undefined : new Fused(material);
  }

  constructor(material: LoopMaterial) {
    this.#material = material;
    material.segment.drained = true;
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
    if (!material.loop.acknowledged) this.#burst = compile(material);
    // Items that come one by one need no stop on the way from then on.
    const source = material.segment.head?.source;
    if (!source || !isPassable(source)) return;
    this.pass = compilePass(material);
    if (this.pass) source.passage = material.loop;
  }
}
