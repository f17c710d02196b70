import type { Host } from './host.js';
import { Run } from './run.js';
import { Segment } from './segment.js';

/** The host of a pull that several others share: whoever pulls lends its time slice, and all are woken. */
export class SharedHost implements Host {
  /** Of its own: what is shared goes on when the run of one of them is over. */
  readonly run: Run;
  segment = new Segment();
  readonly segments: Segment[] = [];
  readonly acknowledged = false;
  acks: undefined;
  blocker: undefined;
  failure: { readonly error: unknown } | undefined;
  readonly #hosts: Set<Host>;
  #puller: Host;
  #waits = 0;

  constructor(first: Host) {
    this.run = new Run({ trace: first.run.trace });
    this.#hosts = new Set([first]);
    this.#puller = first;
  }

  /** Waits with the others for whatever they are waiting for. */
  join(host: Host): void {
    if (this.#hosts.has(host)) return;
    this.#hosts.add(host);
    for (let waits = 0; waits < this.#waits; waits += 1) host.waiting();
  }

  /** Who is pulling now. */
  lend(puller: Host): void {
    this.#puller = puller;
  }

  get idling(): boolean {
    return this.#puller.idling;
  }

  wake(): void {
    for (const host of this.#hosts) host.wake();
  }

  due(): boolean {
    return this.#puller.due();
  }

  idleSoon(): void {
    this.#puller.idleSoon();
  }

  waiting(): void {
    this.#waits += 1;
    for (const host of this.#hosts) host.waiting();
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
