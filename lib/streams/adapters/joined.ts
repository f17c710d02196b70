import { PassThrough } from 'node:stream';
import type { Drain } from '../../core/protocol/drain.js';
import type { Link, Origin } from '../../core/protocol/link.js';
import { type Taken, takePart } from '../../core/protocol/part.js';
import { readStreams } from './read-streams.js';
import type { NodeStream } from './stream-state.js';
import { throughStreams } from './through-streams.js';

interface Parts {
  readonly origin?: Origin | undefined;
  readonly links: readonly Link[];
  readonly drain?: Drain | undefined;
}

const streamsOf = (part: Origin | Link | undefined): readonly NodeStream[] =>
  part && 'streams' in part ? ((part.streams ?? []) as readonly NodeStream[]) : [];

/** Joins streams of the user's that stand beside each other, so that Node's own `pipeline` assembles them. */
export function joined<P extends Parts>(parts: P): P {
  let { origin, drain } = parts;
  const links: Link[] = [];
  for (const link of parts.links) {
    const streams = streamsOf(link);
    const last = links.at(-1);
    const before = streamsOf(last ?? origin);
    if (streams.length === 0 || before.length === 0) links.push(link);
    else if (last) links.splice(-1, 1, within(throughStreams([...before, ...streams]), last, link));
    else origin = within(readStreams([...before, ...streams]), origin, link);
  }
  const last = links.at(-1);
  const before = streamsOf(last);
  if (drain?.behind && before.length > 0) {
    links.pop();
    drain = within(drain.behind(before), last, drain);
  }
  if (origin?.buffer) {
    const through = new PassThrough({ objectMode: true, highWaterMark: origin.buffer });
    const first = links.findIndex((link) => streamsOf(link).length > 0);
    const link = links[first];
    if (link) links[first] = within(throughStreams(streamsOf(link), [through]), link);
    else if (drain?.behind) drain = within(drain.behind([through]), drain);
  }
  return { ...parts, origin, links, drain };
}

/** What stands for several others is part of the same streams of ours as they. */
function within<T extends Taken>(one: T, ...others: readonly (Taken | undefined)[]): T {
  for (const other of others) if (other?.part) takePart(one, other.part);
  return one;
}
