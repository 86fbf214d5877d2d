/** @file Takes in what the server hands out, page after page and in order, and lets the journal catch up. */
import type { PageTold } from '../sync/wire';
import type { WireRecord } from '../vault/wire';
import { takeIn } from './arrival';
import { changesIn, type Journal } from './journal';
import type { Home } from './house';
import { Mutex } from './mutex';
import type { Spaces } from './spaces';

const pageLimit = 500;

export class Reading {
  private readonly one = new Mutex();

  constructor(
    private readonly home: Home,
    private readonly spaces: Spaces,
    private readonly journal: Journal,
  ) {}

  /** A frame or an answer with records; `head` is where the server's log ends. */
  receive(space: string, records: readonly WireRecord[], head: number): Promise<void> {
    return this.one.run(async () => {
      await this.take(space, records);
      await this.readOn(space, head);
    });
  }

  /** Reads until `head` is here. */
  readTo(space: string, head: number): Promise<void> {
    return this.one.run(() => this.readOn(space, head));
  }

  /** The server's list of my own held records, as it stands now. */
  receiveHeld(space: string, held: readonly WireRecord[]): Promise<void> {
    return this.one.run(async () => {
      if (!(await this.home.store.space(space))) return;
      const leaving = new Set(
        (await this.home.store.outbox()).map((row) => (row.kind === 'unhold' ? row.target : null)),
      );
      const listed = held.filter((wire) => !leaving.has(wire.id));
      for (const id of await this.home.store.listHeld(space, listed)) {
        // Released ones have come, or come now, with their place in the log.
        if (!(await this.home.store.recordById(space, id))) this.home.core.forget(space, id);
      }
      this.journal.absorbHeld(space, listed);
      this.home.changed(...changesIn(space === this.home.keys.room));
    });
  }

  private async readOn(space: string, head: number): Promise<void> {
    for (;;) {
      const row = await this.home.store.space(space);
      if (!row || row.head >= head) return;
      const path = `/spaces/${space}/records?after=${row.head}&limit=${pageLimit}`;
      const page = await this.home.session.ask<PageTold>('GET', path);
      if (!(await this.take(space, page.records))) return;
    }
  }

  private async take(space: string, records: readonly WireRecord[]): Promise<boolean> {
    await this.spaces.meet(space, records);
    const members = this.spaces.membersOf(space);
    const taken = await this.home.store.arrive(space, (row) => takeIn(row, records, this.home.keys, members));
    // Another tab may have taken it in: what matters is what the core has absorbed.
    await this.journal.catchUp(space);
    if (taken) this.home.tellTabs({ note: 'records', space });
    return taken;
  }
}
