/**
 * @file What opens this device: how its data key is wrapped, and the tries to open it. Wrong tries are counted in the
 * store before they are looked at, so that a reload, a second tab or a crash does not give one for nothing. Nothing is
 * ever removed because of them: whoever guesses may be a child.
 */
import type { Store } from '../store/store';
import type { Locks } from '../sync/locks';
import { DeviceSeal } from '../vault/device_seal';
import {
  importDataKey,
  lockFault,
  type LockSecret,
  unwrapDataKey,
  wrapDataKey,
  type WrappedKey,
} from '../vault/lock';
import { type Secret, wipe } from '../vault/sealed';
import { type LockKind, type LocksAfter, type LockState, SeenError } from './contract';
import { giveDataKey } from './resealing';

/** The clock and the waiting of the tries; the tests have their own. */
export interface LockTime {
  /** ms since 1970. */
  now(): number;
  pause(ms: number): Promise<void>;
}

export const lockTime: LockTime = {
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

const mostDelay = 60_000;
/** So many tries may come in between before one gives up. */
const mostTurns = 20;
const usuallyAfter: LocksAfter = 60000;

/** ms that follow the given number of wrong tries. */
export function delayAfter(wrong: number): number {
  return wrong === 0 ? 0 : Math.min(mostDelay, 1000 * 2 ** (wrong - 1));
}

export class Lock {
  /** As it was last read here. */
  kind: LockKind = 'none';
  locksAfter: LocksAfter = usuallyAfter;

  constructor(
    private readonly store: Store,
    private readonly locks: Locks,
    private readonly name: string,
    private readonly time: LockTime,
  ) {}

  /** Reads how this device is locked, and gives it a data key where it has none. */
  async read(): Promise<void> {
    await this.one(async () => {
      await giveDataKey(this.store, await this.s());
      this.kind = (await this.row()).kind;
    });
    this.locksAfter = ((await this.store.fact('locksAfter')) as LocksAfter | undefined) ?? usuallyAfter;
  }

  async state(): Promise<LockState> {
    return { kind: this.kind, locksAfterMs: this.locksAfter, waitsMs: await this.waits() };
  }

  async setLocksAfter(ms: LocksAfter): Promise<void> {
    if (![0, 60000, 300000].includes(ms)) throw new SeenError('unexpected', 'no such time');
    await this.store.setFact('locksAfter', ms);
    this.locksAfter = ms;
  }

  /** What seals and opens on this device; null when `typed` is not what was set. */
  open(typed: string | null): Promise<DeviceSeal | null> {
    return this.inTurn(async () => {
      const raw = await this.tried(typed);
      if (!raw) return null;
      const key = await importDataKey(raw);
      wipe(raw);
      return new DeviceSeal(key);
    }, typed);
  }

  /** Null removes the lock. `current` opens the one that is set. */
  async set(secret: LockSecret | null, current: string | null): Promise<void> {
    const fault = secret && lockFault(secret);
    if (fault) throw new SeenError(`lock_${fault}`);
    await this.inTurn(async () => {
      const raw = await this.tried(current);
      if (!raw) throw new SeenError('lock_wrong');
      const row = await wrapDataKey(await this.s(), raw, secret);
      wipe(raw);
      await this.store.setFact('dataKey', row);
      this.kind = row.kind;
    }, current);
  }

  /** Waits for what wrong tries have cost without holding up the other tabs, and again when one came in between. */
  private async inTurn<T>(work: () => Promise<T>, typed: string | null): Promise<T> {
    for (let turn = 0; turn < mostTurns; turn++) {
      const wait = typed === null ? 0 : await this.waits();
      if (wait > 0) await this.time.pause(wait);
      const done = await this.one(async () =>
        typed !== null && (await this.waits()) > 0 ? null : { result: await work() },
      );
      if (done) return done.result;
    }
    throw new SeenError('slow_down');
  }

  /** Counted first, then looked at. */
  private async tried(typed: string | null): Promise<Secret | null> {
    const row = await this.row();
    if (row.kind === 'none') return unwrapDataKey(await this.s(), row, null);
    if (typed === null) return null;
    const count = ((await this.store.fact('lockTries'))?.count ?? 0) + 1;
    await this.store.setFact('lockTries', { count, until: this.time.now() + delayAfter(count) });
    const raw = await unwrapDataKey(await this.s(), row, typed);
    if (raw) await this.store.setFact('lockTries', null);
    return raw;
  }

  /** Never longer than the wrong tries cost, also when the clock was set back. */
  private async waits(): Promise<number> {
    const tries = await this.store.fact('lockTries');
    if (!tries) return 0;
    return Math.max(0, Math.min(tries.until - this.time.now(), delayAfter(tries.count)));
  }

  private async row(): Promise<WrappedKey> {
    const row = await this.store.fact('dataKey');
    if (!row) throw new Error('this device has no data key');
    return row;
  }

  private s(): Promise<CryptoKey> {
    return this.store.sealKey(() => DeviceSeal.makeKey());
  }

  /** Over all tabs. */
  private one<T>(work: () => Promise<T>): Promise<T> {
    return this.locks.hold(this.name, work);
  }
}
