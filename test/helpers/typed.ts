type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Returns a value whose inferred type must be exactly `Expected`; any other type, `any` too, does not compile. */
export function typed<Expected>() {
  return <Actual>(
    value: Actual,
    ..._mismatch: Same<Actual, Expected> extends true ? [] : [never]
  ): Actual => value;
}
