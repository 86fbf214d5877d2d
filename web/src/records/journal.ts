/**
 * @file From what is kept to the core: opens pages (pages.ts) and the rows behind them, takes secrets out, and lets
 * the core absorb it. Also what waits: one's own acts in the outbox, and one's own held records.
 */
import type { CoreEvent, JournalRecord } from '../core/core';
import type { OutboxRow, PageRow, RecordOutbox, RecordRow } from '../store/rows';
import { fromBase64 } from '../vault/bytes';
import type { RecordBody } from '../vault/record';
import { asSecret, type Secret, wipe } from '../vault/sealed';
import type { WireRecord } from '../vault/wire';
import { openFrom } from './arrival';
import type { Change } from './contract';
import type { Home } from './house';
import { Learned } from './learned';
import { Mutex } from './mutex';
import { type OpenedRow, Pages } from './pages';
import type { Spaces } from './spaces';

const rowsAtOnce = 500;

/** Events of mine that the records themselves go by: `learn` must hear of them when they lie in a page, too. */
const learnedTypes: ReadonlySet<string> = new Set([
  'truth.waiting',
  'truth.quiet',
  'space.joined',
  'space.key',
  'space.left',
  'device.named',
]);

/** What an outbox row's draft holds. */
export interface DraftBody {
  event: CoreEvent;
  at: number;
}

/** A shared space that one's own room speaks of. */
export interface JoinedSpace {
  space: string;
  key: Secret;
  partner: string;
}

export class Journal {
  /** By space: up to which seq the core has absorbed. */
  private readonly absorbed = new Map<string, number>();
  /** By space: the counter for which I have said that one of mine waits. */
  readonly told = new Map<string, number>();
  joined: JoinedSpace | null = null;
  /** What my other devices have told in my own room. */
  readonly learned = new Learned();
  /** By space and seq: what is kept as it came, because a check failed. */
  private readonly notShown = new Set<string>();
  private readonly pages: Pages;
  private readonly tidying = new Mutex();
  private ended = false;

  constructor(
    private readonly home: Home,
    private readonly spaces: Spaces,
  ) {
    this.pages = new Pages(home.store, home.deviceSeal, home.pageSize);
  }

  /** How many records are kept and not shown. */
  get refused(): number {
    return this.notShown.size;
  }

  /** Absorbs what has come since the last time, from pages and from rows; true when there was something. */
  async catchUp(space: string): Promise<boolean> {
    const begun = this.absorbed.get(space) ?? 0;
    let met: number;
    do {
      met = this.absorbed.get(space) ?? 0;
      await this.absorbPages(space);
      // Twice: rows may have gone into a page after the pages had been read.
      if (!(await this.absorbRows(space))) await this.absorbPages(space);
    } while ((this.absorbed.get(space) ?? 0) > met);
    const any = met > begun;
    if (any) this.home.changed(...changesIn(space === this.home.keys.room));
    this.tidy(space);
    return any;
  }

  stop(): void {
    this.ended = true;
    wipe(this.joined?.key);
    this.learned.wipe();
  }

  /** Resolves when what could be put into pages lies there. */
  tidied(): Promise<void> {
    return this.tidying.run(() => Promise.resolve());
  }

  private async absorbPages(space: string): Promise<void> {
    for await (const page of this.pages.open(space, this.absorbed.get(space) ?? 0)) {
      for (const event of page.learned) this.learn(space, this.home.keys.me, event);
      this.home.core.absorbText(page.records);
      if (page.damaged) this.countNotShown(page.row);
      const left = page.left.map((row) => this.fromRow(row)).filter((record) => record !== null);
      if (left.length > 0) this.home.core.absorb(left);
      this.absorbed.set(space, page.row.last);
    }
  }

  /** Of a page that does not open: those that it held. */
  private countNotShown({ space, first, last, left }: PageRow): void {
    for (let seq = first; seq <= last; seq++) if (!left.includes(seq)) this.notShown.add(`${space}/${seq}`);
  }

  /** False when there is none, or another tab has put some of them into a page meanwhile. */
  private async absorbRows(space: string): Promise<boolean> {
    const rows = await this.home.store.recordsAfter(space, this.absorbed.get(space) ?? 0, rowsAtOnce);
    const last = rows.at(-1);
    if (!last || rows.some((row) => row.paged)) return false;
    const records = rows.map((row) => this.fromRow(row)).filter((record) => record !== null);
    this.absorbed.set(space, last.seq);
    this.home.core.absorb(records);
    await this.eraseTargets(rows, records);
    return true;
  }

  /** In the background: the first view does not wait for it, and the next catching up goes on with what is left. */
  private tidy(space: string): void {
    const absorbed = this.absorbed.get(space) ?? 0;
    const opened = (row: RecordRow): OpenedRow | null => this.openedRow(row);
    this.tidying
      .run(async () => {
        while (!this.ended && (await this.pages.make(space, absorbed, opened)));
      })
      .catch((error: unknown) => {
        // The storage may be full: everything still stands in its rows.
        if (!this.ended)
          console.warn('seen: no page was made', error instanceof Error ? error.name : 'unknown');
      });
  }

  private openedRow(row: RecordRow): OpenedRow | null {
    const { space, wire } = row;
    if (!wire.sealed) return { record: journalRecord(space, wire, null, wire.stamp ?? 0), learned: null };
    const body = this.bodyOf(space, wire);
    if (!body) return null;
    const { event, at } = body;
    const mine = wire.author === this.home.keys.me && learnedTypes.has(String(event['type']));
    return { record: journalRecord(space, wire, withoutKey(event), at), learned: mine ? event : null };
  }

  /** One's own that have not come back yet: in the outbox, and held. */
  async absorbWaiting(): Promise<void> {
    for (const row of await this.home.store.outbox()) {
      if (row.kind === 'record') await this.absorbDraft(row);
    }
    for (const { space } of await this.home.store.spaces()) {
      this.absorbHeld(
        space,
        (await this.home.store.held(space)).map((row) => row.wire),
      );
    }
  }

  absorbHeld(space: string, held: readonly WireRecord[]): void {
    const records = held
      .filter((wire) => wire.author === this.home.keys.me)
      .map((wire) => this.open(space, wire, null))
      .filter((record) => record !== null);
    if (records.length > 0) this.home.core.absorb(records);
  }

  absorbOwn(row: RecordOutbox, event: CoreEvent): void {
    this.learn(row.space, this.home.keys.me, event);
    const hold = row.counter === null ? null : this.home.keys.hold(row.space, row.counter);
    const own = { space: row.space, id: row.id, author: this.home.keys.me, seq: null, at: row.at, hold };
    this.home.core.absorb([{ ...own, event: withoutKey(event) }]);
  }

  private async absorbDraft(row: RecordOutbox): Promise<void> {
    const place = `outbox/${row.id}`;
    const draft = await this.home.deviceSeal.openJson<DraftBody>(place, row.draft);
    this.absorbOwn(row, draft.event);
  }

  private fromRow(row: RecordRow): JournalRecord | null {
    if (row.refused) {
      this.notShown.add(`${row.space}/${row.seq}`);
      // A refused half of a release keeps its place, so that both sides count the same releases.
      const holdsPlace = row.wire.class === 'held' && this.spaces.membersOf(row.space).has(row.wire.author);
      return holdsPlace ? journalRecord(row.space, row.wire, {}, row.wire.stamp ?? 0) : null;
    }
    if (!row.wire.sealed) return journalRecord(row.space, row.wire, null, row.wire.stamp ?? 0);
    return this.open(row.space, row.wire, row.seq);
  }

  private open(space: string, wire: WireRecord, seq: number | null): JournalRecord | null {
    const body = this.bodyOf(space, wire);
    if (!body) return null;
    if (seq !== null) this.learn(space, wire.author, body.event);
    return journalRecord(space, wire, withoutKey(body.event), body.at);
  }

  private bodyOf(space: string, wire: WireRecord): RecordBody | null {
    if (!wire.sealed) return null;
    const opened = openFrom(space, wire, wire.sealed, this.home.keys, this.spaces.membersOf(space));
    return 'refusal' in opened ? null : opened.body;
  }

  /** What the records themselves must know of an event. */
  private learn(space: string, author: string, event: CoreEvent): void {
    if (author !== this.home.keys.me) return;
    if (event['type'] === 'truth.waiting') this.told.set(space, Number(event['counter']));
    if (event['type'] === 'truth.quiet') this.told.delete(space);
    if (space === this.home.keys.room) this.learned.take(event);
    if (event['type'] === 'space.joined' && space === this.home.keys.room)
      this.joined = joinedIn(event) ?? this.joined;
  }

  /** What its author took away is taken away here as well. */
  private async eraseTargets(rows: readonly RecordRow[], records: readonly JournalRecord[]): Promise<void> {
    for (const { space, author, event } of records) {
      const type = event?.['type'];
      const target = event?.['target'];
      if ((type !== 'truth.withdrawn' && type !== 'note.removed') || typeof target !== 'string') continue;
      const row = rows.find((one) => one.id === target) ?? (await this.home.store.recordById(space, target));
      if (row?.wire.author !== author) continue;
      const paged = await this.home.store.erase(space, target);
      if (paged !== null) await this.pages.erase(space, paged);
    }
  }
}

function journalRecord(space: string, wire: WireRecord, event: CoreEvent | null, at: number): JournalRecord {
  const record = {
    space,
    id: wire.id,
    author: wire.author,
    seq: wire.seq ?? null,
    at,
    hold: wire.hold,
    event,
  };
  const stamped = wire.stamp === undefined ? record : { ...record, stamp: wire.stamp };
  return wire.lapsed === true ? { ...stamped, lapsed: true } : stamped;
}

/** The key stays on this side: the core never sees one. */
function withoutKey(event: CoreEvent): CoreEvent {
  if (event['type'] !== 'space.joined' && event['type'] !== 'space.key') return event;
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'key'));
}

function joinedIn(event: CoreEvent): JoinedSpace | null {
  const { space, key, partner } = event;
  const account = (partner as { account?: unknown } | null)?.account;
  if (typeof space !== 'string' || typeof key !== 'string' || typeof account !== 'string') return null;
  try {
    return { space, key: asSecret(fromBase64(key)), partner: account };
  } catch {
    return null;
  }
}

export function changesIn(room: boolean): Change[] {
  return room ? ['room', 'standing', 'today'] : ['today', 'between', 'standing'];
}

export function isRecord(row: OutboxRow): row is RecordOutbox {
  return row.kind === 'record';
}
