/**
 * @file The one place that joins core, vault, store and sync, and what the screens talk to. Plaintext ends here: below
 * are only sealed values, above only what a person reads and writes.
 */
import type { NoteView, OpenedView, PageView, TodayView } from '../core/views';
import { Store } from '../store/store';
import { Server } from '../sync/server';
import type { About } from '../sync/wire';
import { fromUtf8, utf8 } from '../vault/bytes';
import { DeviceSeal } from '../vault/device_seal';
import { entropyOf, wordsOf } from '../vault/phrase';
import { asSecret, wipe } from '../vault/sealed';
import { openVault } from '../vault/sodium';
import { Away } from './away';
import {
  type Change,
  type DraftPlace,
  type Joining,
  type LocksAfter,
  type LockState,
  type Note,
  type Opened,
  type Page,
  type Seen,
  SeenError,
  type Standing,
  type Today,
} from './contract';
import type { House, TabNote } from './house';
import { newLife } from './identity';
import { type Connect, Live } from './live';
import { Lock } from './lock';
import { Mutex } from './mutex';
import { restoreFrom } from './restoring';
import { coloursOf, noteOf, nowhere, openedOf, todayOf } from './shown';
import { allowedProfile, askAbout, type Channel, type Surroundings } from './surroundings';

const everything: readonly Change[] = ['standing', 'today', 'between', 'room', 'joining', 'draft'];

/** The longest that locking waits for what is just being kept, ms. */
const moment = 1000;

export class Records implements Seen {
  private live: Live | null = null;
  private readonly listeners = new Set<(change: Change) => void>();
  private clockOffset = 0;
  private demo = false;
  private closed = false;
  /** Somebody lives here, and their keys are not here. */
  private locked = false;
  private readonly tabNotes = new Mutex();
  /** Locking and unlocking, one after the other. */
  private readonly turning = new Mutex();
  private readonly drafting = new Mutex();
  private readonly away: Away;

  private constructor(
    private readonly house: House,
    private readonly lock: Lock,
    private readonly channel: Channel,
    private readonly connect: Connect,
  ) {
    const after = (): number | null => (this.live && lock.kind !== 'none' ? lock.locksAfter : null);
    this.away = new Away(after, () => void this.shut());
  }

  static async open(around: Surroundings): Promise<Records> {
    await openVault();
    const server = new Server(around.origin, around.fetch);
    const about = askAbout(server);
    const profile = around.profile === '' ? '' : await allowedProfile(around.profile, await about);
    const records = await Records.furnish(around, server, profile);
    await records.settleIn();
    const learn = about.then((told) => records.learnAbout(told, around.clock));
    // A demo's phone opens at its own time; any other does not wait for the network, and asks again next time.
    if (profile === '') learn.catch(() => undefined);
    else await learn;
    return records;
  }

  private static async furnish(around: Surroundings, server: Server, profile: string): Promise<Records> {
    const store = await Store.open(profile);
    const core = await around.loadCore();
    const lockName: House['lockName'] = (what) => `seen-${profile}/${what}`;
    const lock = new Lock(store, around.locks, lockName('lock'), around.lockTime);
    const channel = around.openChannel(`seen-${profile}`);
    const house: House = {
      store,
      core,
      server,
      deviceSeal: new DeviceSeal(null),
      locks: around.locks,
      now: () => Date.now() + records.clockOffset,
      changed: (...changes) => records.tell(changes),
      tellTabs: (note) => channel.postMessage(note),
      lockName,
    };
    const records: Records = new Records(house, lock, channel, around.connect);
    return records;
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

  async standing(): Promise<Standing> {
    const { kind } = this.lock;
    if (this.locked) return nowhere('locked', kind, this.demo);
    const identity = await this.house.store.fact('identity');
    if (!this.live || !identity) return nowhere('none', kind, this.demo);
    const me = this.live.acts.me();
    return {
      stage: 'ready',
      lock: kind,
      name: me.name,
      ...coloursOf(me),
      phraseChecked: me.phrase_checked,
      phraseHere: identity.entropy !== null,
      connection: this.live.follower.connection,
      unsent: await this.live.unsent(),
      forgotten: this.live.forgotten,
      refused: this.live.journal.refused,
      joining: await this.live.joinings.role(),
      demo: this.demo,
    };
  }

  async begin(name: string | null): Promise<void> {
    this.mustBeOpen();
    if (this.live) throw new SeenError('unexpected', 'somebody lives here already');
    const life = await newLife(this.house.deviceSeal);
    await this.house.store.settle(life.identity, life.room, life.account);
    const live = await this.moveIn();
    if (name !== null && name.trim() !== '') {
      await live.acts.do(live.room, { type: 'set_name', name: name.trim() }, { counts: false });
    }
    await this.settled(live);
  }

  async restore(words: string[]): Promise<void> {
    this.mustBeOpen();
    if (this.live) throw new SeenError('unexpected', 'somebody lives here already');
    const { identity, room } = await restoreFrom(words, this.house);
    await this.house.store.settle(identity, room, null);
    const live = await this.moveIn();
    await live.readAll();
    // Who has typed the twelve words has them.
    if (!live.acts.me().phrase_checked) {
      await live.acts.do(live.room, { type: 'phrase_checked' }, { counts: false });
    }
    await this.settled(live);
  }

  async setName(name: string): Promise<void> {
    const live = this.lived();
    const intent = { type: 'set_name', name: name.trim() } as const;
    await live.acts.do(live.room, intent);
    const space = live.shared();
    if (space !== null) await live.acts.do(space, intent, { counts: false });
  }

  async phrase(): Promise<string[] | null> {
    this.mustBeOpen();
    const identity = await this.house.store.fact('identity');
    if (!identity?.entropy) return null;
    const entropy = asSecret(await this.house.deviceSeal.open('entropy', identity.entropy));
    const words = wordsOf(entropy);
    wipe(entropy);
    return words;
  }

  async checkPhrase(words: string[]): Promise<boolean> {
    const live = this.lived();
    const right = await this.phrase();
    wipe(entropyOf(words));
    const typed = words.map((word) => word.trim().toLowerCase()).filter((word) => word !== '');
    if (!right || right.join(' ') !== typed.join(' ')) return false;
    await live.acts.do(live.room, { type: 'phrase_checked' }, { counts: false });
    const identity = await this.house.store.fact('identity');
    if (identity) await this.house.store.setFact('identity', { ...identity, entropy: null });
    this.say('standing');
    return true;
  }

  async invite(): Promise<Joining> {
    const live = this.lived();
    await live.mustBeRegistered();
    return live.joinings.invite();
  }

  async accept(linkOrSecret: string): Promise<Joining> {
    const live = this.lived();
    await live.mustBeRegistered();
    return live.joinings.accept(linkOrSecret);
  }

  async joining(): Promise<Joining | null> {
    this.mustBeOpen();
    return this.live?.joinings.current() ?? null;
  }

  async confirmWords(same: boolean): Promise<Joining> {
    return this.lived().joinings.confirm(same);
  }

  async leaveJoining(): Promise<void> {
    this.mustBeOpen();
    await this.live?.joinings.leave();
  }

  async today(): Promise<Today> {
    this.lived();
    return todayOf(this.house.core.view<TodayView>('today', this.house.now()));
  }

  async between(before: number | null, limit: number): Promise<Page<Opened>> {
    const space = this.shared();
    if (space === null) return { items: [], more: false };
    const page = this.house.core.view<PageView<OpenedView>>('between', this.house.now(), {
      space,
      before,
      limit,
    });
    return { items: page.items.map(openedOf), more: page.more };
  }

  async opened(counter: number): Promise<Opened | null> {
    const space = this.shared();
    if (space === null) return null;
    const view = this.house.core.view<OpenedView | null>('opened', this.house.now(), { space, counter });
    return view && openedOf(view);
  }

  async room(before: number | null, limit: number): Promise<Page<Note>> {
    this.lived();
    const page = this.house.core.view<PageView<NoteView>>('room', this.house.now(), { before, limit });
    return { items: page.items.map(noteOf), more: page.more };
  }

  async note(id: string): Promise<Note | null> {
    this.lived();
    const view = this.house.core.view<NoteView | null>('note', this.house.now(), { id });
    return view && noteOf(view);
  }

  async give(text: string, letKnow: boolean): Promise<void> {
    await this.lived().acts.give(this.mustShare(), text, letKnow);
    await this.keepDraft('truth', '');
  }

  async takeBack(id: string): Promise<void> {
    await this.lived().acts.takeBack(this.mustShare(), id);
  }

  async respond(target: string, kind: 'thanks' | 'words', text: string | null): Promise<void> {
    const intent = { type: 'respond', target, kind } as const;
    await this.lived().acts.do(this.mustShare(), text === null ? intent : { ...intent, text });
    await this.keepDraft(`response:${target}`, '');
  }

  async keepNote(text: string): Promise<void> {
    const live = this.lived();
    await live.acts.do(live.room, { type: 'keep_note', text });
    await this.keepDraft('note', '');
  }

  async changeNote(id: string, text: string): Promise<void> {
    const live = this.lived();
    await live.acts.do(live.room, { type: 'change_note', target: id, text });
    await this.keepDraft(`note:${id}`, '');
  }

  async removeNote(id: string): Promise<void> {
    const live = this.lived();
    await live.acts.do(live.room, { type: 'remove_note', target: id });
    await this.keepDraft(`note:${id}`, '');
  }

  async draft(place: DraftPlace): Promise<string> {
    this.mustBeOpen();
    const sealed = await this.house.store.draft(place);
    return sealed ? fromUtf8(await this.house.deviceSeal.open(`draft/${place}`, sealed)) : '';
  }

  async saveDraft(place: DraftPlace, text: string): Promise<void> {
    this.mustBeOpen();
    await this.drafting.run(() => this.keepDraft(place, text));
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
      await this.moveOut();
      await this.house.store.clear();
      this.house.tellTabs({ note: 'cleared' });
      await this.settleIn();
    });
    this.tell(everything);
  }

  async setClock(offsetMs: number): Promise<void> {
    if (!this.demo) return;
    await this.setDemoClock(offsetMs);
    this.say('standing', 'today', 'between', 'room');
  }

  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Opens what lives here, if anybody does, and it is not locked. */
  private async settleIn(): Promise<void> {
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

  private async keepDraft(place: DraftPlace, text: string): Promise<void> {
    const sealed = text === '' ? null : await this.house.deviceSeal.seal(`draft/${place}`, utf8(text));
    await this.house.store.setDraft(place, sealed);
    this.house.tellTabs({ note: 'change', change: 'draft' });
  }

  private async learnAbout(about: About | null, clock: number | null): Promise<void> {
    if (!about || this.closed) return;
    if (about.demo && clock !== null) await this.setDemoClock(clock);
    if (about.demo === this.demo) return;
    this.demo = about.demo;
    await this.house.store.setFact('demo', about.demo);
    this.tell(['standing']);
  }

  private async setDemoClock(offsetMs: number): Promise<void> {
    this.clockOffset = offsetMs;
    await this.house.store.setFact('clockOffset', offsetMs);
  }

  private async moveIn(): Promise<Live> {
    const identity = await this.house.store.fact('identity');
    if (!identity) throw new SeenError('unexpected', 'nobody lives here');
    this.live = await Live.open(identity, this.house, this.connect);
    return this.live;
  }

  private async settled(live: Live): Promise<void> {
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

  private mustBeOpen(): void {
    if (this.locked) throw new SeenError('locked');
  }

  private lived(): Live {
    this.mustBeOpen();
    if (!this.live) throw new SeenError('not_found', 'nobody lives here yet');
    return this.live;
  }

  private shared(): string | null {
    return this.lived().shared();
  }

  private mustShare(): string {
    const space = this.shared();
    if (space === null) throw new SeenError('not_found', 'not joined');
    return space;
  }

  private say(...changes: Change[]): void {
    this.tell(changes);
    for (const change of changes) this.house.tellTabs({ note: 'change', change });
  }

  private tell(changes: readonly Change[]): void {
    for (const change of changes) for (const listener of this.listeners) listener(change);
  }
}

/** Names only: a message could carry what somebody wrote. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
