import type { Host } from '../core/host.js';
import type { Pull } from '../core/pull.js';
import { isReadable } from './is-stream.js';
import { StreamPull } from './read-stream.js';
import { isWebReadable, WebPull } from './read-web.js';

/** Pulls from a stream that a callback has made, whose failure is the callback's; undefined: it is no stream. */
export function madeStream(items: unknown, host: Host): Pull<unknown> | undefined {
  if (isWebReadable(items)) return new WebPull(items, host, () => {});
  return isReadable(items) ? new StreamPull(items, host, { made: true }) : undefined;
}
