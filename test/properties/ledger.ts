import { expect } from 'chai';

/** One unit that a source has emitted. `part` tells how it was split on the way. */
export interface Unit {
  readonly source: number;
  readonly index: number;
  readonly part: string;
}

/** An item: the units that it is made of. */
export interface Parcel {
  readonly units: readonly Unit[];
}

export const parcel = (...units: readonly Unit[]): Parcel => ({ units });

/** A number computed from the units of an item. */
export const weightOf = ({ units }: Parcel): number =>
  units.reduce((sum, { source, index, part }) => sum + 7 * source + index + part.length, 0);

const keyOf = ({ source, index, part }: Unit): string => `${source}:${index}${part}`;

/** Keeps account of every unit: each is on its way, was dropped, or was taken by the sinks. */
export class Ledger {
  mostUnderWay = 0;
  readonly #left = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #ends = new Map<string, Unit[]>();
  readonly #copies: number;

  /** `copies` sinks must get each unit. */
  constructor(copies: number) {
    this.#copies = copies;
  }

  given(unit: Unit): void {
    const key = keyOf(unit);
    expect(this.#seen.has(key), `${key} was there before`).to.equal(false);
    this.#seen.add(key);
    this.#left.set(key, this.#copies);
    this.mostUnderWay = Math.max(this.mostUnderWay, this.#left.size);
  }

  split(unit: Unit, count: number): Unit[] {
    this.#gone(unit);
    const parts = Array.from({ length: count }, (_, at) => ({
      ...unit,
      part: `${unit.part}.${at}`,
    }));
    for (const part of parts) this.given(part);
    return parts;
  }

  /** The item was dropped on purpose. */
  dropped({ units }: Parcel): void {
    for (const unit of units) this.#gone(unit);
  }

  taken(end: string, { units }: Parcel): void {
    const all = this.#ends.get(end) ?? [];
    this.#ends.set(end, all);
    for (const unit of units) {
      const key = keyOf(unit);
      expect(this.#seen.has(`${end} ${key}`), `${end} has taken ${key} already`).to.equal(false);
      this.#seen.add(`${end} ${key}`);
      all.push(unit);
      const left = this.#left.get(key) ?? 0;
      expect(left, `${key} is still on its way to ${end}`).to.be.above(0);
      if (left === 1) this.#left.delete(key);
      else this.#left.set(key, left - 1);
    }
  }

  #gone(unit: Unit): void {
    const key = keyOf(unit);
    expect(this.#left.has(key), `${key} is still on its way`).to.equal(true);
    this.#left.delete(key);
  }

  get underWay(): string[] {
    return [...this.#left.keys()];
  }

  /** Checks that every sink got the units of each source in order, at least those of the same `lane`. */
  expectOrder(lane: (unit: Unit) => unknown): void {
    for (const units of this.#ends.values()) {
      const last = new Map<string, Unit>();
      for (const unit of units) {
        const of = `${unit.source} ${String(lane(unit))}`;
        const before = last.get(of);
        last.set(of, unit);
        if (before)
          expect(isAfter(unit, before), `${keyOf(unit)} after ${keyOf(before)}`).to.equal(true);
      }
    }
  }
}

const isAfter = (unit: Unit, before: Unit): boolean =>
  unit.index > before.index || (unit.index === before.index && unit.part > before.part);
