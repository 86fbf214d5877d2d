/**
 * @file Who lives on this device, and whether they are let in. A dwelling is empty, locked or lived in; while it is
 * locked nothing readable is in memory: no keys, no core that knows anything, no follower, and nothing is sent.
 */
import type { About } from '../sync/wire';
import { utf8 } from '../vault/bytes';
import type { DeviceSeal } from '../vault/device_seal';
import { Away } from './away';
import { type Change, type DraftPlace, type LocksAfter, type LockState, SeenError } from './contract';
import type { House, TabNote } from './house';
import { type Connect, Live } from './live';
import type { Lock } from './lock';
import { Mutex } from './mutex';
import type { Channel } from './surroundings';

const everything: readonly Change[] = ['standing', 'today', 'between', 'room', 'joining', 'draft'];

/** The longest that locking waits for what is just being kept, ms. */
const moment = 1000;

export class Dwelling {
  protected live: Live | null = null;
  private readonly listeners = new Set<(change: Change) => void>();
  protected clockOffset = 0;
  protected demo = false;
  private closed = false;
  /** Somebody lives here, and their keys are not here. */
  protected locked = false;
  private readonly tabNotes = new Mutex();
  /** Locking and unlocking, one after the other. */
  private readonly turning = new Mutex();
  protected readonly drafting = new Mutex();
  private readonly away: Away;

  protected constructor(
    protected readonly house: House,
    protected readonly lock: Lock,
    private readonly channel: Channel,
    private readonly connect: Connect,
  ) {
    const after = (): number | null => (this.live && lock.kind !== 'none' ? lock.locksAfter : null);
    this.away = new Away(after, () => void this.shut());
  }

  close(): void {
    this.closed = true;
    this.away.stop();
    this.live?.stop();
    this.channel.close();
    this.house.store.close();
    this.listeners.clear();
  }

  /** The network came or went, as the browser tells it. */
  network(online: boolean): void {
    if (online) this.live?.wake();
    else this.live?.follower.lost();
  }

  /** The page was hidden, or is seen again. */
  seenByNobody(away: boolean): void {
    if (away) this.away.left();
    else this.away.back();
  }

  async lockState(): Promise<LockState> {
    return this.lock.state();
  }

  async setLock(text: string, kind: 'pin' | 'passphrase', current?: string): Promise<void> {
    this.lived();
    await this.lock.set({ kind, text }, current ?? null);
    this.lockChanged();
  }

  async removeLock(secret: string): Promise<void> {
    this.lived();
    await this.lock.set(null, secret);
    this.lockChanged();
  }

  async setLocksAfter(ms: LocksAfter): Promise<void> {
    this.lived();
    await this.lock.setLocksAfter(ms);
    this.lockChanged();
  }

  async unlock(secret: string): Promise<boolean> {
    if (!this.locked) return true;
    const deviceSeal = await this.lock.open(secret);
    if (!deviceSeal) return false;
    await this.turning.run(async () => {
      if (this.locked) await this.openWith(deviceSeal);
    });
    return true;
  }

  async lockNow(): Promise<void> {
    if (this.lock.kind === 'none') return;
    this.house.tellTabs({ note: 'lock' });
    await this.shut();
  }

  async clearDevice(): Promise<void> {
    await this.turning.run(async () => {
      this.locked = true;
      await this.moveOut();
      await this.house.store.clear();
      if (this.demo) await this.house.store.setFact('demo', true);
      this.house.tellTabs({ note: 'cleared' });
      await this.settleIn();
    });
    this.tell(everything);
  }

  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Opens what lives here, if anybody does, and it is not locked. */
  protected async settleIn(): Promise<void> {
    this.demo = (await this.house.store.fact('demo')) ?? false;
    if (this.demo) this.clockOffset = (await this.house.store.fact('clockOffset')) ?? 0;
    this.channel.onmessage = ({ data }) => this.hearTab(data as TabNote);
    await this.lock.read();
    const deviceSeal = await this.lock.open(null);
    this.locked = deviceSeal === null;
    if (deviceSeal) await this.openWith(deviceSeal);
  }

  private async openWith(deviceSeal: DeviceSeal): Promise<void> {
    this.house.deviceSeal = deviceSeal;
    if (await this.house.store.fact('identity')) await (await this.moveIn()).start();
    this.locked = false;
    this.tell(everything);
  }

  /** Where a lock is set: takes the keys and all that is readable from memory. */
  private async shut(): Promise<void> {
    if (this.lock.kind === 'none' || this.locked || !this.live) return;
    this.locked = true;
    this.tell(['standing']);
    await this.turning.run(() => this.moveOut());
    this.tell(everything);
  }

  /** What is being kept is kept first, but for no longer than a moment. */
  private async moveOut(): Promise<void> {
    const { live } = this;
    const kept = Promise.allSettled([live?.acts.idle(), this.drafting.run(() => Promise.resolve())]);
    await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, moment))]);
    this.away.stop();
    this.live = null;
    live?.stop();
    this.house.deviceSeal.close();
    this.house.core = await this.house.core.emptied();
  }

  private lockChanged(): void {
    this.house.tellTabs({ note: 'lock_changed' });
    this.tell(['standing']);
  }

  /** A lock was set or removed elsewhere; without one, what is locked here opens. */
  private async readLock(): Promise<void> {
    await this.lock.read();
    if (this.lock.kind === 'none' && this.locked) await this.turning.run(() => this.settleIn());
    this.tell(['standing']);
  }

  protected async keepDraft(place: DraftPlace, text: string): Promise<void> {
    const sealed = text === '' ? null : await this.house.deviceSeal.seal(`draft/${place}`, utf8(text));
    await this.house.store.setDraft(place, sealed);
    this.house.tellTabs({ note: 'change', change: 'draft' });
  }

  protected async learnAbout(about: About | null, clock: number | null): Promise<void> {
    if (!about || this.closed) return;
    if (about.demo && clock !== null) await this.setDemoClock(clock);
    if (about.demo === this.demo) return;
    this.demo = about.demo;
    await this.house.store.setFact('demo', about.demo);
    this.tell(['standing']);
  }

  protected async setDemoClock(offsetMs: number): Promise<void> {
    this.clockOffset = offsetMs;
    await this.house.store.setFact('clockOffset', offsetMs);
  }

  protected async moveIn(): Promise<Live> {
    const identity = await this.house.store.fact('identity');
    if (!identity) throw new SeenError('unexpected', 'nobody lives here');
    this.live = await Live.open(identity, this.house, this.connect);
    return this.live;
  }

  protected async settled(live: Live): Promise<void> {
    await live.start();
    this.house.tellTabs({ note: 'settled' });
    this.say('standing', 'today', 'room');
  }

  /** In the order in which they were told: what is forgotten must not come back. */
  private hearTab(note: TabNote): void {
    this.tabNotes
      .run(() => (this.closed ? Promise.resolve() : this.heardTab(note)))
      .catch((error: unknown) => {
        if (!this.closed) console.warn('seen: another tab was not heard', nameOf(error));
      });
  }

  private async heardTab(note: TabNote): Promise<void> {
    if (note.note === 'change') return this.tell([note.change, 'standing']);
    if (note.note === 'settled' && !this.live) return this.turning.run(() => this.settleIn());
    if (note.note === 'lock') return this.shut();
    if (note.note === 'lock_changed') return this.readLock();
    if (note.note === 'cleared') return this.heardCleared();
    await this.live?.heardTab(note);
  }

  private async heardCleared(): Promise<void> {
    await this.turning.run(async () => {
      await this.moveOut();
      await this.settleIn();
    });
  }

  protected mustBeOpen(): void {
    if (this.locked) throw new SeenError('locked');
  }

  protected lived(): Live {
    this.mustBeOpen();
    if (!this.live) throw new SeenError('not_found', 'nobody lives here yet');
    return this.live;
  }

  protected shared(): string | null {
    return this.lived().shared();
  }

  protected mustShare(): string {
    const space = this.shared();
    if (space === null) throw new SeenError('not_found', 'not joined');
    return space;
  }

  protected say(...changes: Change[]): void {
    this.tell(changes);
    for (const change of changes) this.house.tellTabs({ note: 'change', change });
  }

  protected tell(changes: readonly Change[]): void {
    for (const change of changes) for (const listener of this.listeners) listener(change);
  }
}

/** Names only: a message could carry what somebody wrote. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
