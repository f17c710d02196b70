import { SyncHost } from '../../lib/core/loop/sync-host.js';
import type { Ack } from '../../lib/core/protocol/ack.js';

/** A host that can wait, and notes its calls. */
export class RecordingHost extends SyncHost {
  readonly told: string[] = [];
  declare acks: undefined;

  constructor() {
    super({});
  }

  override wake(): void {
    this.told.push('wake');
  }

  override waiting(): never {
    return this.told.push('waiting') as never;
  }

  override arrived(): void {
    this.told.push('arrived');
  }

  /** The acks in hand, which a synchronous host never has. */
  get inHand(): readonly Ack[] | undefined {
    return this.acks;
  }
}
