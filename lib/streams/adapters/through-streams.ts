import type { Readable } from 'node:stream';
import type { Drain } from '../../core/protocol/drain.js';
import type { Through } from '../../core/protocol/link.js';
import { namesOf } from './assembly.js';
import { isBytes } from './entry.js';
import { Exit } from './exit.js';
import { StreamPull } from './read-streams.js';
import type { NodeStream } from './stream-state.js';
import { DuplexPull } from './through-duplex.js';
import { exitDrain } from './write-streams.js';

/**
 * Makes a link of duplex streams of the user's that stand beside each other. Their errors are not wrapped. `before`: streams
 * of ours through which they get their items.
 */
export function throughStreams(
  streams: readonly NodeStream[],
  before: readonly NodeStream[] = [],
): Through {
  return {
    name: namesOf(streams),
    transparent: true,
    bytes: isBytes(streams.at(-1) as Readable),
    streams,
    through: (upstream, host, ref) => {
      const exit = new Exit();
      const reading = new StreamPull(streams, host, { before: [exit, ...before] });
      // The reading side reports the errors of all streams.
      const writing: Drain = {
        ...exitDrain(exit, streams),
        end: () => exit.end(),
        close: () => {
          exit.flush();
          exit.destroy(host.context.failure?.error as Error | undefined);
        },
      };
      return new DuplexPull({ reading, writing }, upstream, host, ref);
    },
  };
}
