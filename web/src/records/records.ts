/**
 * @file The one place that joins core, vault, store and sync, and what the screens talk to. Plaintext ends here: below
 * are only sealed values, above only what a person reads and writes.
 */
import type { AgreementView, NoteView, OpenedView, PageView, TodayView } from '../core/views';
import type { IdentityRow } from '../store/rows';
import { Store } from '../store/store';
import { Server } from '../sync/server';
import { fromUtf8 } from '../vault/bytes';
import { DeviceSeal } from '../vault/device_seal';
import { entropyOf, wordsOf } from '../vault/phrase';
import { asSecret, wipe } from '../vault/sealed';
import { openVault } from '../vault/sodium';
import {
  type Agreement,
  type DraftPlace,
  type Note,
  type Opened,
  type Page,
  type Seen,
  SeenError,
  type Standing,
  type Today,
} from './contract';
import { deleteOnServer } from './deleting';
import { Entrance } from './entrance';
import type { House } from './house';
import { newLife } from './identity';
import type { Live } from './live';
import { Lock } from './lock';
import type { Meeting, MeetingHeard } from './meeting';
import { restoreFrom } from './restoring';
import { coloursOf, noteOf, nowhere, openedOf, todayOf } from './shown';
import { allowedProfile, askAbout, type Surroundings } from './surroundings';

export class Records extends Entrance implements Seen {
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
      pageSize: around.pageSize,
      now: () => Date.now() + records.clockOffset,
      changed: (...changes) => records.tell(changes),
      tellTabs: (note) => channel.postMessage(note),
      lockName,
    };
    const records: Records = new Records(house, lock, channel, around.connect);
    return records;
  }

  async standing(): Promise<Standing> {
    const { kind } = this.lock;
    if (this.locked) return nowhere('locked', kind, this.demo);
    const identity = await this.house.store.fact('identity');
    const { live } = this;
    if (!live || !identity)
      return { ...nowhere('none', kind, this.demo), joining: await this.entering.role() };
    const found = await this.standingIn(live, identity).catch((error: unknown) => {
      if (live === this.live) throw error;
      return null;
    });
    // It was locked, or left, while it was being looked at.
    return found && live === this.live ? found : this.standing();
  }

  private async standingIn(live: Live, identity: IdentityRow): Promise<Standing> {
    const me = live.acts.me();
    return {
      stage: 'ready',
      lock: this.lock.kind,
      name: me.name,
      ...coloursOf(me),
      phraseChecked: me.phrase_checked,
      phraseHere: identity.entropy !== null,
      connection: live.follower.connection,
      unsent: await live.unsent(),
      forgotten: live.forgotten,
      refused: live.journal.refused,
      joining: await live.joinings.role(),
      over: me.over,
      warnings: await live.warnings(),
      demo: this.demo,
    };
  }

  /** What is said in an exercise of the two, in this tab; null while there are no two. */
  meet(heard: MeetingHeard): Meeting | null {
    return this.lived().meet(heard);
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

  async agreement(): Promise<Agreement | null> {
    const space = this.shared();
    if (space === null) return null;
    return this.house.core.view<AgreementView | null>('agreement', this.house.now(), { space });
  }

  async agree(tell: boolean): Promise<void> {
    await this.lived().acts.do(this.mustShare(), { type: 'agree', tell });
  }

  async leaveSpace(erase: boolean): Promise<void> {
    const live = this.lived();
    const space = live.acts.me().joined?.space;
    if (space === undefined) throw new SeenError('not_found', 'not joined');
    await live.acts.leave(space, erase);
    this.say('standing', 'today', 'between');
  }

  async deleteAccount(words: string[] | null, erase: boolean): Promise<void> {
    this.lived();
    await deleteOnServer(this.house, words, erase);
    await this.clearDevice();
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

  async setClock(offsetMs: number): Promise<void> {
    if (!this.demo) return;
    await this.setDemoClock(offsetMs);
    this.say('standing', 'today', 'between', 'room');
  }
}
