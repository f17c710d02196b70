/**
 * Scenarios that go worse than with Node today, and where. A case that is listed and agrees fails, so that the lists can
 * only get shorter. The aim is that they are empty.
 */
export type Known = readonly {
  readonly scenarios: readonly string[];
  /** A kind and its role, as in the titles of the tests. */
  readonly places: readonly string[];
}[];

export const isKnown = (known: Known, place: string, scenario: string): boolean =>
  known.some((each) => each.places.includes(place) && each.scenarios.includes(scenario));
