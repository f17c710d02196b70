/** True only when the two types are the same, not merely assignable. */
export type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only when the value's type is exactly `T`: `exactly<number>()(value)`. */
export const exactly =
  <T>() =>
  <V>(value: V, ..._proof: Same<V, T> extends true ? [] : [never]): V =>
    value;
