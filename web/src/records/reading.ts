/** @file Takes in what the server hands out, page after page and in order, and lets the journal catch up. */
import type { PageTold } from '../sync/wire';
import type { OpenedRecord } from '../vault/record';
import type { WireRecord } from '../vault/wire';
import { type Known, type Leniency, openFrom, takeIn } from './arrival';
import { changesIn, type Journal } from './journal';
import type { Home } from './house';
import { Mutex } from './mutex';
import type { NewKey, Spaces } from './spaces';

const pageLimit = 500;

export class Reading {
  private readonly one = new Mutex();

  constructor(
    private readonly home: Home,
    private readonly spaces: Spaces,
    private readonly journal: Journal,
    /** Keys of epochs that this device has just learned. */
    private readonly learned: (keys: readonly NewKey[]) => Promise<void>,
    private readonly leniency: Leniency = {},
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
      const leaves = await this.leavingHeld(space);
      const listed = held.filter((wire) => !leaves(wire));
      for (const id of await this.home.store.listHeld(space, listed)) {
        // Released ones have come, or come now, with their place in the log.
        if (!(await this.home.store.recordById(space, id))) this.home.core.forget(space, id);
      }
      this.journal.absorbHeld(space, listed);
      this.home.changed(...changesIn(space === this.home.keys.room));
    });
  }

  /**
   * Held ones that are being taken back, or in whose place another one goes. Under a hold that is being taken back all
   * leave: one that was sealed anew has another id here than on the server.
   */
  private async leavingHeld(space: string): Promise<(wire: WireRecord) => boolean> {
    const ids = new Set<string>();
    const holds = new Set<string>();
    for (const row of await this.home.store.outbox()) {
      if (row.kind === 'unhold' && row.space === space) holds.add(row.hold);
      if (row.kind === 'record' && row.instead !== undefined) ids.add(row.instead);
    }
    return ({ id, hold }) => ids.has(id) || (hold !== null && holds.has(hold));
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
    await this.learned(await this.spaces.meet(space, records));
    const members = this.spaces.membersOf(space);
    const known = await this.known(space, records);
    const { keys } = this.home;
    const taken = await this.home.store.arrive(space, (row) =>
      takeIn(row, records, keys, members, known, this.leniency),
    );
    // Another tab may have taken it in: what matters is what the core has absorbed.
    await this.journal.catchUp(space);
    if (taken) await this.lookForHidden(space);
    if (taken) this.home.tellTabs({ note: 'records', space });
    return taken;
  }

  /** What the log says already of the ids and places that these records name. */
  private async known(space: string, records: readonly WireRecord[]): Promise<Known> {
    const row = await this.home.store.space(space);
    const fresh = records.filter(({ seq }) => row && seq !== undefined && seq > row.head);
    const opened = new Map<WireRecord, OpenedRecord>();
    const members = this.spaces.membersOf(space);
    const ids = new Set<string>();
    const places = new Set<number>();
    for (const wire of fresh) {
      if (await this.home.store.recordById(space, wire.id)) ids.add(wire.id);
      if (!wire.sealed) continue;
      const one = openFrom(space, wire, wire.sealed, this.home.keys, members);
      opened.set(wire, one);
      if ('body' in one && one.body.seen && one.body.seen.seq < (row?.head ?? 0))
        places.add(one.body.seen.seq);
    }
    const hashes = new Map<number, string | null>();
    for (const seq of places) {
      const [there] = await this.home.store.recordsAfter(space, seq - 1, 1);
      if (there?.seq === seq) hashes.set(seq, there.hash);
    }
    return { ids, hashes, opened, now: this.home.now() };
  }

  /** A head was named that is on no list here: the server is asked once more before anybody is warned. */
  private async lookForHidden(space: string): Promise<void> {
    const row = await this.home.store.space(space);
    if (!row || Object.keys(row.watch.hidden).length === 0) return;
    await this.learned(await this.spaces.readAgain(space));
    this.home.changed('standing');
  }
}
