import type { LazyContext } from '../../core/protocol/context.js';
import type { Host } from '../../core/protocol/host.js';
import type { Meter } from '../../core/protocol/observer.js';
import { Run } from '../../core/protocol/run.js';
import { Segment } from '../../core/protocol/segment.js';

const wake = (host: Host): void => host.wake();

/** The host of a pull that several hosts share. The host that pulls lends its time slice, and all hosts are woken. */
export class SharedHost implements Host {
  /** The shared pull has a run of its own, since it goes on when the run of one of its readers is over. */
  readonly run: Run;
  segment = new Segment();
  readonly segments: Segment[] = [];
  readonly acknowledged = false;
  acks: undefined;
  blocker: undefined;
  /** The meter of the host that opened the shared pull first. Other hosts see it as the one stage that they pull. */
  readonly meter: Meter | undefined;
  failure: { readonly error: unknown } | undefined;
  readonly #hosts: Set<Host>;
  #puller: Host;
  #waits = 0;

  constructor(first: Host) {
    this.run = new Run({ trace: first.run.trace }, first.run.turn);
    this.run.observer = first.run.observer;
    this.meter = first.meter;
    this.run.begin();
    this.#hosts = new Set([first]);
    this.#puller = first;
  }

  /** Adds a host, which then waits for the same promises and streams as the others. */
  join(host: Host): void {
    if (this.#hosts.has(host)) return;
    this.#hosts.add(host);
    for (let waits = 0; waits < this.#waits; waits += 1) host.waiting();
  }

  /** Sets the host that is pulling now. */
  lend(puller: Host): void {
    this.#puller = puller;
  }

  get context(): LazyContext {
    return this.run.context;
  }

  get idling(): boolean {
    return this.#puller.idling;
  }

  /** Wakes each of several hosts in the asynchronous context of its run. A single host is in that of the shared run. */
  wake(): void {
    if (this.#hosts.size === 1) return this.#puller.wake();
    for (const host of this.#hosts) host.run.within(wake, host);
  }

  due(): boolean {
    return this.#puller.due();
  }

  idleSoon(): void {
    this.#puller.idleSoon();
  }

  waiting(): number {
    this.#waits += 1;
    for (const host of this.#hosts) host.waiting();
    return this.run.turn.now();
  }

  arrived(): void {
    this.#waits -= 1;
    for (const host of this.#hosts) host.arrived();
  }

  endEarly(): void {}

  fail(error: unknown): void {
    this.failure ??= { error };
    for (const host of this.#hosts) host.fail(error);
  }
}
