import type { Drain, DrainHost } from '../../core/protocol/drain.js';
import { WAIT } from '../../core/protocol/pull.js';
import { Sink } from '../../streams/sink.js';
import type { Faults } from '../errors/faults.js';

type Failure = Error & { readonly code?: string };

/** Writes to stdout. When its reader closes it (`| head -1`), the run ends early and does not fail. */
export function stdoutSink(faults?: Faults): Sink<Uint8Array | string, void> {
  const { stdout } = process;
  let over = false;
  let resume = (): void => {};
  let failed = (_error: Failure): void => {};
  const drained = (): void => resume();
  const onError = (error: Failure): void => failed(error);

  const drain: Drain<Uint8Array | string, void> = {
    name: 'stdout',
    transparent: true,
    open: (loop: DrainHost) => {
      resume = () => loop.unblock();
      failed = (error) => {
        over = true;
        if (error.code === 'EPIPE') resume();
        else {
          faults?.blame(error, 'stdout');
          loop.fail(error);
        }
      };
      stdout.on('drain', drained).on('error', onError);
    },
    take: (chunk) => (stdout.write(chunk) ? undefined : WAIT),
    done: () => over,
    end: () => (over ? undefined : flushed()),
    close: () => void stdout.off('drain', drained),
  };
  return new Sink({ name: drain.name, links: [], drain });

  /** Resolves when the system has taken everything that was written; an error goes to `failed`. */
  function flushed(): Promise<void> {
    return new Promise((resolve) => stdout.write('', () => resolve()));
  }
}
