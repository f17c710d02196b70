/** The integers from 0 to `items - 1`, as a generator. */
export function* numbers(items: number): Generator<number, void, undefined> {
  for (let x = 0; x < items; x += 1) yield x;
}
