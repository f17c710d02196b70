import type { Host } from '../../core/protocol/host.js';
import type { Pull } from '../../core/protocol/pull.js';
import { StreamPull } from './read-streams.js';
import { isWebReadable, WebPull } from './read-web.js';
import { isReadable } from './stream-kinds.js';

/**
 * Pulls from a stream that a callback has returned; its failures count as the callback's. Undefined if it is no stream.
 */
export function madeStream(items: unknown, host: Host): Pull<unknown> | undefined {
  if (isWebReadable(items)) return new WebPull(items, host, () => {});
  return isReadable(items) ? new StreamPull([items], host, { fromCallback: true }) : undefined;
}
