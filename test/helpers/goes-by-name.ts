import { expect } from 'chai';
import type { TraceEvent } from '../../lib/core/protocol/run-options.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import type { NameOptions } from '../../lib/streams/types.js';

async function namesIn(parts: readonly unknown[]): Promise<readonly string[]> {
  const names = new Set<string>();
  await pipeline(parts, { trace: ({ stage }: TraceEvent) => names.add(stage.name) });
  return [...names];
}

/** A stage without a callback is named after its operator, unless `name` is given. */
export function goesByName(
  operator: string,
  parts: (options?: NameOptions) => readonly unknown[],
): void {
  it(`${operator} goes by its own name, or by its name option`, async () => {
    expect(await namesIn(parts())).to.include(operator);
    expect(await namesIn(parts({ name: 'mine' })))
      .to.include('mine')
      .and.not.include(operator);
  });
}
