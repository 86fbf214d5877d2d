/** @file Events that devices write among themselves: no person has done anything, and none is counted as unsent. */
import type { CoreEvent } from '../core/core';
import type { RecordOutbox } from '../store/rows';
import { random, toBase64 } from '../vault/bytes';
import type { Home } from './house';
import { changesIn, type Journal } from './journal';

export class Bookkeeping {
  constructor(
    private readonly home: Home,
    private readonly journal: Journal,
    private readonly kick: () => void,
  ) {}

  /** Waits in the outbox like everything else. */
  write(space: string, event: CoreEvent): Promise<void> {
    return this.enqueue(space, event, { class: 'durable', counter: null, at: this.home.now() });
  }

  /** The same held act once more, in the place of one that was sealed under an older epoch. */
  async writeInstead(
    space: string,
    event: CoreEvent,
    held: { id: string; counter: number; at: number },
  ): Promise<void> {
    const { counter, at, id } = held;
    await this.enqueue(space, event, { class: 'held', counter, at, instead: id });
  }

  private async enqueue(
    space: string,
    event: CoreEvent,
    what: Pick<RecordOutbox, 'class' | 'counter' | 'at' | 'instead'>,
  ): Promise<void> {
    const id = toBase64(random(16));
    const row: RecordOutbox = {
      kind: 'record',
      space,
      id,
      ...what,
      erases: null,
      draft: await this.home.deviceSeal.sealJson(`outbox/${id}`, { event, at: what.at }),
      posted: null,
      acknowledged: false,
      counts: false,
      stuck: null,
    };
    await this.home.store.enqueue(row);
    if (what.instead !== undefined) {
      this.home.core.forget(space, what.instead);
      await this.home.store.dropHeld(space, what.instead);
    }
    this.journal.absorbOwn(row, event);
    this.home.changed(...changesIn(space === this.home.keys.room));
    this.home.tellTabs({ note: 'outbox' });
    this.kick();
  }
}
