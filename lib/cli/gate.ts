import type { Through } from '../core/chain.js';
import { END } from '../core/pull.js';
import { Stage } from '../streams/stage.js';

/**
 * Stands behind a parser. A graceful stop ends the input here, between two items, rather than in the middle of a line;
 * and the items that errors count are counted from here, as what comes before it are pieces of a file.
 */
export function gate(name: string): Stage<unknown, unknown> {
  const link: Through = {
    name,
    transparent: true,
    through: (open, host) => {
      const upstream = open(host);
      return {
        pull: () => (host.run.stopping ? END : upstream.pull()),
        close: () => upstream.close(),
      };
    },
  };
  return new Stage({ name, links: [link] });
}
