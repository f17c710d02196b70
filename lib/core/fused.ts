import { type Burst, compile, type Material } from './compile.js';

/** A short pipeline is over before a compiled one would have begun. */
const COMPILE_AFTER = 512;
/** A burst that gets no further than this was not worth it: the next one waits for `PAUSE` items. */
const SHORT = 4;
const PAUSE = 64;

const wish = Number(process.env['SLUICE_COMPILE'] ?? COMPILE_AFTER);

/** How many items a segment moves before it is compiled; Infinity where code can't be generated, or is not to be. */
export const compiling = { after: wish > 0 ? wish - 1 : Infinity };

/** A segment that runs as one generated loop once it has shown to be worth that, in bursts between plain pulls. */
export class Fused {
  readonly #material: Material;
  #burst: Burst | undefined;
  #next = compiling.after;

  constructor(material: Material) {
    this.#material = material;
  }

  /** Moves as many items as it can. Whatever stopped it is for the plain pulls to deal with. */
  run(): void {
    const { segment, slice, loop } = this.#material;
    if (segment.index + 1 < this.#next || slice.over || loop.interrupted || !segment.free) return;
    const burst = this.#burst ?? this.#compile();
    if (!burst) return;
    const credits = slice.credits;
    let more = burst();
    const short = !more && credits - slice.credits <= SHORT;
    while (more && !slice.due()) more = burst();
    if (short) this.#next = segment.index + PAUSE;
  }

  #compile(): Burst | undefined {
    try {
      this.#burst = compile(this.#material);
    } catch {
      compiling.after = Infinity;
      this.#next = Infinity;
    }
    return this.#burst;
  }
}
