/**
 * @file What the sender asks of the outbox: the next row, sealed when its turn comes, and what its answer means. A row
 * that was sealed is sent with the same bytes until the server has answered.
 */
import type { ExchangeView } from '../core/views';
import type {
  AccountOutbox,
  EndOutbox,
  LeaveOutbox,
  OutboxRow,
  RecordOutbox,
  SpaceRow,
  UnholdOutbox,
} from '../store/rows';
import { ServerError } from '../sync/errors';
import type { Outbox } from '../sync/sender';
import type { Kept } from '../sync/wire';
import { toBase64 } from '../vault/bytes';
import { recordHash, type RecordHead, sealRecord } from '../vault/record';
import { headOf, type PostedRecord, type WireRecord } from '../vault/wire';
import type { Home } from './house';
import { type DraftBody, isRecord, type Journal } from './journal';
import type { Reading } from './reading';
import type { Spaces } from './spaces';

export class Outgoing implements Outbox<OutboxRow> {
  constructor(
    private readonly home: Home,
    private readonly journal: Journal,
    private readonly reading: Reading,
    private readonly spaces: Spaces,
    /** The account stands on the server now. */
    private readonly registered: () => void,
    private readonly withdraw: (space: string, target: string) => Promise<void>,
    /** A new epoch has begun: it is taken before anything more is sealed. */
    private readonly turn: (space: string) => Promise<void>,
  ) {}

  async next(): Promise<OutboxRow | null> {
    for (const row of await this.home.store.outbox()) {
      if (!isRecord(row)) return row;
      if (row.acknowledged || row.stuck !== null) continue;
      if (row.posted) return row;
      const sealed = await this.seal(row);
      if (sealed) return sealed;
    }
    return null;
  }

  send(row: OutboxRow): Promise<void> {
    switch (row.kind) {
      case 'account':
        return this.sendAccount(row);
      case 'record':
        return this.sendRecord(row);
      case 'unhold':
        return this.sendUnhold(row);
      case 'leave':
        return this.sendLeave(row);
      case 'end':
        return this.sendEnd(row);
    }
  }

  /** Set aside and kept; what only tidied up on the server is let go. */
  async refused(row: OutboxRow, error: unknown): Promise<'next' | 'later'> {
    if (row.kind === 'account' || !(error instanceof ServerError)) return 'later';
    if (row.kind === 'record' && error.code === 'stale_epoch') return this.sealAnew(row);
    if (row.kind === 'record' && row.instead !== undefined && error.code === 'out_of_turn') {
      await this.letGo(row);
    } else if (row.kind === 'record') {
      const opened = error.code === 'out_of_turn' && (await this.hasOpened(row));
      // Only what is still there: it may have been taken back while it was on its way.
      await this.home.store.keepPosted(opened ? { ...row, posted: null } : { ...row, stuck: error.code });
    } else if (row.n !== undefined) {
      await this.home.store.dropOutbox(row.n);
    }
    this.home.changed('standing');
    return 'next';
  }

  /** The server has kept nothing of it: it goes once, under the epoch that has begun. */
  private async sealAnew(row: RecordOutbox): Promise<'next' | 'later'> {
    await this.turn(row.space);
    const newest = (await this.home.store.space(row.space))?.epochs.length ?? 0;
    if (newest <= (row.posted?.epoch ?? 0)) return 'later';
    await this.home.store.keepPosted({ ...row, posted: null });
    return 'next';
  }

  /** It was to stand in the place of one that has opened meanwhile. */
  private async letGo(row: RecordOutbox): Promise<void> {
    if (row.n !== undefined) await this.home.store.dropOutbox(row.n);
    this.home.core.forget(row.space, row.id);
    await this.reading.readTo(row.space, Number.MAX_SAFE_INTEGER);
  }

  /** The exchange that it was sealed for was opened by another device of mine: it is sealed anew, for the next. */
  private async hasOpened(row: RecordOutbox): Promise<boolean> {
    if (row.class !== 'held') return false;
    await this.reading.readTo(row.space, Number.MAX_SAFE_INTEGER);
    return this.counterOf(row.space) !== row.counter;
  }

  /** Of the exchange in the making; null once one of the two has left. */
  private counterOf(space: string): number | null {
    const now = this.home.now();
    return this.home.core.view<ExchangeView | null>('exchange', now, { space })?.counter ?? null;
  }

  private async sendAccount(row: AccountOutbox): Promise<void> {
    await this.home.server.ask('POST', '/accounts', row.body);
    if (row.n !== undefined) await this.home.store.dropOutbox(row.n);
    this.registered();
  }

  private async sendRecord(row: RecordOutbox): Promise<void> {
    const posted = row.posted;
    if (!posted) throw new Error('a record goes only sealed');
    const kept = await this.home.session.ask<Kept>('POST', `/spaces/${row.space}/records`, posted);
    const wire = asWire(posted, this.home.keys.me);
    const hash = toBase64(recordHash(headOf(row.space, wire), posted.sealed));
    await this.home.store.acknowledge(row, hash, wire);
    this.home.changed('standing');
    if (kept.seq === undefined || kept.stamp === undefined) return;
    const arrived = { ...wire, seq: kept.seq, stamp: kept.stamp };
    // Only when nothing stands between: otherwise the log brings it in its turn.
    await this.reading.receive(row.space, [arrived], 0);
  }

  private async sendUnhold(row: UnholdOutbox): Promise<void> {
    const path = `/spaces/${row.space}/held/${row.hold}`;
    const { head } = await this.home.session.ask<{ head: number }>('DELETE', path);
    await this.reading.readTo(row.space, head);
    const released = await this.home.store.recordById(row.space, row.target);
    if (released) await this.withdraw(row.space, row.target);
    if (row.n !== undefined) await this.home.store.dropOutbox(row.n);
  }

  /** What has gone and not come back in the log never will: to who has left, the space is none. */
  private async sendLeave(row: LeaveOutbox): Promise<void> {
    await this.home.session.ask('POST', `/spaces/${row.space}/leave`, { erase: row.erase });
    for (const other of await this.home.store.outbox()) {
      const ofIt = 'space' in other && other.space === row.space;
      if (ofIt && other.n !== undefined) await this.home.store.dropOutbox(other.n);
    }
  }

  private async sendEnd(row: EndOutbox): Promise<void> {
    await this.home.session.ask('POST', `/invitations/${row.lookup}/end`, {});
    if (row.n !== undefined) await this.home.store.dropOutbox(row.n);
  }

  /** Null when it was taken back meanwhile. */
  private async seal(row: RecordOutbox): Promise<RecordOutbox | null> {
    const space = await this.home.store.space(row.space);
    // Until the key of the newest epoch has come, nothing can go.
    if (!space || this.home.keys.newest(row.space).n < space.epochs.length) return null;
    if (row.instead !== undefined && this.counterOf(row.space) !== row.counter) {
      await this.letGo(row);
      return null;
    }
    const draft = await this.home.deviceSeal.openJson<DraftBody>(`outbox/${row.id}`, row.draft);
    const current = row.class === 'held' ? this.moveOn(row, draft) : row;
    if (!current) {
      await this.letGo(row);
      return null;
    }
    const sealed = { ...current, posted: this.post(current, space, draft) };
    return (await this.home.store.keepPosted(sealed)) ? sealed : null;
  }

  /** The exchange it was written for may have been opened by another device of mine: then it is for the next. */
  private moveOn(row: RecordOutbox, draft: DraftBody): RecordOutbox | null {
    const counter = this.counterOf(row.space);
    // One of the two has left: it is for nobody.
    if (counter === null) return null;
    if (counter === row.counter) return row;
    const moved = { ...row, counter };
    this.home.core.forget(row.space, row.id);
    this.journal.absorbOwn(moved, draft.event);
    return moved;
  }

  private post(row: RecordOutbox, space: SpaceRow, draft: DraftBody): PostedRecord {
    const { keys } = this.home;
    const { n, key } = keys.newest(row.space);
    const head: RecordHead = {
      space: row.space,
      epoch: n,
      account: keys.me,
      device: keys.identity.device,
      id: row.id,
      hold: row.counter === null ? null : keys.hold(row.space, row.counter),
      class: row.class,
      prev: row.class === 'durable' ? space.sent : null,
    };
    const seen = space.headHash === null ? null : { seq: space.head, hash: space.headHash };
    const body = { event: draft.event, at: draft.at, seen, head: this.spaces.myHead() };
    const sealed = sealRecord(head, body, { epoch: key, author: keys.author(row.space) });
    const { device, id, hold, prev } = head;
    return { v: 1, id, device, epoch: n, class: row.class, hold, prev, sealed, erases: row.erases };
  }
}

function asWire(posted: PostedRecord, author: string): WireRecord {
  const { v, id, device, epoch, hold, prev, sealed } = posted;
  return { v, id, author, device, epoch, class: posted.class, hold, prev, sealed };
}
