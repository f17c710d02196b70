import { validateCount } from '../core/base/validate.js';
import type { Drain } from '../core/protocol/drain.js';
import { validateWaitingRunOptions } from '../core/protocol/run-options.js';
import { readArguments } from '../streams/arguments.js';
import { sinkPlan, stageLinks } from '../streams/plans.js';
import { Producer, type ProducerOptions } from './producer.js';
import type { PushSignature } from './signatures.js';

const LEAST_BACKLOG = 1;
const BACKLOG = 1024;

const answering = (consumer: Drain['take']): Drain => ({
  name: consumer.name || 'consumer',
  take: consumer,
});

/**
 * Joins stages and a consumer into a `Producer`, whose `send` resolves with the consumer's answer. The consumer is a
 * function that answers each item, or a sink; `broadcast` answers for its branches.
 *
 * Holds: at most `backlog` sends that wait their turn.
 * Ends: with `close` or `end`, after what was sent; or when a stage or the consumer ends early.
 * Fails: when a stage or the consumer does; sends and `close` reject, later ones too. An error event is emitted if it
 * has a listener, or if the producer was used by `write` and `end` alone.
 *
 * Several senders may share one producer: items go in the order of the calls, those of `write` included. Producers with
 * stages of their own share a consumer by sending to it: `push(map(parse), (item) => shared.send(item))`.
 *
 * Stages and consumer run in the `AsyncLocalStorage` context of this call, not in that of the sender.
 *
 * @param options `backlog`: how many sends may wait, an integer from 1, default 1024. `signal` aborts: sends and
 * `close` reject with `AbortError`. `stop` takes no more sends, and finishes those that wait. `trace` reports what each
 * stage does, and `stats` counts it; the stages ask for their first item, from the consumer upward, within this call.
 * `onStall` is called if a send can never be answered, instead of a message on stderr.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no consumer, or `backlog` is out of range.
 * @example
 * const producer = push(map((x) => x * x), (x) => `got ${x}`);
 * await producer.send(3) // 'got 9'
 */
export const push = function push(...args: unknown[]): Producer<unknown, unknown, unknown> {
  const { parts, options } = readArguments<ProducerOptions>('push', args, 1);
  validateWaitingRunOptions('push', options, ['backlog']);
  const { backlog = BACKLOG } = options;
  validateCount('push', 'backlog', backlog, LEAST_BACKLOG);
  const consumer = parts.pop();
  const { drain, links } =
    typeof consumer === 'function'
      ? { drain: answering(consumer as Drain['take']), links: [] }
      : sinkPlan('push: the last argument', consumer);
  const all = [...parts.flatMap((stage) => stageLinks('push', stage)), ...links];
  return new Producer({ drain, links: all, backlog }, options);
} as PushSignature;
