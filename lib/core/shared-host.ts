import type { Host } from './host.js';
import type { Run } from './run.js';

/** The host of a pull that several others share: whoever pulls lends its time slice, and all are woken. */
export class SharedHost implements Host {
  counter = { index: -1 };
  readonly acknowledged = false;
  acks: undefined;
  readonly idling = false;
  blocker: undefined;
  readonly #first: Host;
  readonly #hosts: Set<Host>;
  #puller: Host;

  constructor(first: Host) {
    this.#first = first;
    this.#hosts = new Set([first]);
    this.#puller = first;
  }

  get run(): Run {
    return this.#first.run;
  }

  join(host: Host): void {
    this.#hosts.add(host);
  }

  /** Who is pulling now. */
  lend(puller: Host): void {
    this.#puller = puller;
  }

  wake(): void {
    for (const host of this.#hosts) host.wake();
  }

  due(): boolean {
    return this.#puller.due();
  }

  idleSoon(): void {}

  waiting(): void {
    for (const host of this.#hosts) host.waiting();
  }

  arrived(): void {
    for (const host of this.#hosts) host.arrived();
  }

  endEarly(): void {}

  fail(error: unknown): void {
    for (const host of this.#hosts) host.fail(error);
  }
}
