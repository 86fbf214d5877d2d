/**
 * @file Epochs as a device lives through them: it takes the one that has begun, leaves its key for its owner's other
 * devices, seals anew what waits under an older one, and begins the next when it is due: after a leaving, and yearly.
 */
import type { ExchangeView } from '../core/views';
import type { SpaceRow } from '../store/rows';
import { ServerError } from '../sync/errors';
import { fromBase64, toBase64 } from '../vault/bytes';
import { checkMember } from '../vault/device_list';
import { type Epoch, makeEpoch, newEpochKey } from '../vault/epoch';
import { wipe } from '../vault/sealed';
import { openFrom } from './arrival';
import type { Bookkeeping } from './bookkeeping';
import { namesGone } from './epoch_chain';
import type { Home } from './house';
import { isRecord, type Journal } from './journal';
import { Mutex } from './mutex';
import type { Reading } from './reading';
import type { NewKey, Spaces } from './spaces';

/** ms after which a new key is drawn. */
const yearMs = 365 * 86_400_000;

export class Epochs {
  private readonly one = new Mutex();

  constructor(
    private readonly home: Home,
    private readonly spaces: Spaces,
    private readonly journal: Journal,
    private readonly reading: Reading,
    private readonly books: Bookkeeping,
  ) {}

  /** An epoch has begun, or a member has left, or it may be so. */
  turn(space: string): Promise<void> {
    return this.one.run(() => this.turned(space));
  }

  /** After a time without connection: whatever has turned meanwhile. */
  async turnAll(): Promise<void> {
    for (const { space } of await this.home.store.spaces()) {
      try {
        await this.turn(space);
      } catch (error) {
        // One that is no longer mine.
        if (!(error instanceof ServerError) || error.status !== 404) throw error;
      }
    }
  }

  /** Keys of a shared space, left in one's own room: that is where a later device finds them. */
  async leave(keys: readonly NewKey[]): Promise<void> {
    const { room } = this.home.keys;
    for (const { space, n, key } of keys) {
      if (space === room || n === 1 || this.journal.learned.keysOf(space).has(n)) continue;
      await this.books.write(room, { v: 1, type: 'space.key', space, n, key: toBase64(key) });
    }
  }

  private async turned(space: string): Promise<void> {
    await this.leave(await this.spaces.readAgain(space));
    await this.reading.readTo(space, Number.MAX_SAFE_INTEGER);
    await this.home.locks.hold(this.home.lockName('epoch'), async () => {
      await this.beginIfDue(space);
      await this.sayBegan(space);
      await this.sealHeldAnew(space);
    });
    this.home.changed('standing');
  }

  private async beginIfDue(space: string): Promise<void> {
    const row = await this.home.store.space(space);
    if (!row || !this.isDue(row)) return;
    try {
      await this.begin(row);
    } catch (error) {
      // Another device was first, or a list has moved on: what it made is taken instead.
      if (!(error instanceof ServerError) || error.status !== 409) throw error;
    }
    await this.leave(await this.spaces.readAgain(space));
  }

  private isDue({ members, epochs, watch }: SpaceRow): boolean {
    const newest = epochs.at(-1);
    if (!newest) return false;
    const left = new Set(members.filter((member) => member.left === true).map(({ account }) => account));
    if (namesGone(newest, left)) return true;
    return watch.epoch === newest.n && watch.since > 0 && this.home.now() - watch.since > yearMs;
  }

  private async begin(row: SpaceRow): Promise<void> {
    const key = newEpochKey();
    const epoch = nextEpoch(row, row.members, key, this.home.keys.device);
    wipe(key);
    await this.home.session.ask('POST', `/spaces/${row.space}/epochs`, { epoch });
  }

  /** The first record under an epoch is by the device that began it: from there on, older ones are stale. */
  private async sayBegan(space: string): Promise<void> {
    const row = await this.home.store.space(space);
    const newest = row?.epochs.at(-1);
    if (!row || !newest || newest.device !== this.home.keys.identity.device) return;
    if (newest.n <= row.watch.began || !this.home.keys.epoch(space, newest.n)) return;
    await this.books.write(space, { v: 1, type: 'epoch.began', n: newest.n });
    await this.home.store.changeSpace(space, (there) => began(there ?? row, newest.n));
  }

  private async sealHeldAnew(space: string): Promise<void> {
    const row = await this.home.store.space(space);
    const newest = row?.epochs.at(-1)?.n ?? 0;
    if (!row || row.kind !== 'shared' || !this.home.keys.epoch(space, newest)) return;
    const exchange = this.home.core.view<ExchangeView | null>('exchange', this.home.now(), { space });
    // Nothing waits where one of the two has left.
    if (!exchange) return;
    const { counter } = exchange;
    const outbox = (await this.home.store.outbox()).filter(isRecord);
    const members = this.spaces.membersOf(space);
    for (const { id, wire } of await this.home.store.held(space)) {
      const current = wire.epoch === newest || wire.hold !== this.home.keys.hold(space, counter);
      if (current || wire.lapsed === true || outbox.some(({ instead }) => instead === id)) continue;
      const opened = wire.sealed && openFrom(space, wire, wire.sealed, this.home.keys, members);
      if (!opened || 'refusal' in opened) continue;
      await this.books.writeInstead(space, opened.body.event, { id, counter, at: opened.body.at });
    }
  }
}

function began(row: SpaceRow, n: number): SpaceRow {
  return { ...row, watch: { ...row.watch, began: Math.max(row.watch.began, n) } };
}

/** The epoch after the newest of `row`, for the present ones of `members`, with these lists. */
export function nextEpoch(
  row: SpaceRow,
  members: SpaceRow['members'],
  key: Parameters<typeof makeEpoch>[2],
  device: Parameters<typeof makeEpoch>[3],
): Epoch {
  const present = members.filter(({ left }) => left !== true).map((member) => checkMember(member));
  const place = { space: fromBase64(row.space), kind: row.kind, present };
  return makeEpoch(place, row.epochs.length + 1, key, device);
}
