/**
 * @file The join, as both sides drive it: every step is kept before it is sent, so that it can be sent again with the
 * same bytes after a reload. Whatever the server reports, `drive` takes the next step that is due.
 */
import { ServerError, Unreachable } from '../sync/errors';
import type { InvitationTold, SpaceTold } from '../sync/wire';
import { random, toBase64 } from '../vault/bytes';
import { checkMember } from '../vault/device_list';
import { makeEpoch, newEpochKey, openEpoch } from '../vault/epoch';
import { lookupOf, secretFromLink } from '../vault/invitation';
import { type Sealed, type Secret, wipe } from '../vault/sealed';
import type { Acts } from './acts';
import { type Joining, SeenError, type SeenErrorCode } from './contract';
import type { Home } from './house';
import {
  type InviteeState,
  type InviterState,
  isFinished,
  type JoiningState,
  type Myself,
  myConfirm,
  newAnswer,
  newInvitation,
  seenJoining,
  takeAnswer,
  takeReveal,
  theirConfirmHolds,
} from './joining_state';
import type { Spaces } from './spaces';

const acceptCodes: Record<string, SeenErrorCode> = {
  used: 'invite_used',
  expired: 'invite_expired',
  ended: 'invite_ended',
  out_of_turn: 'invite_own',
};

export class Joinings {
  constructor(
    private readonly home: Home,
    private readonly spaces: Spaces,
    private readonly acts: Acts,
    /** Something waits to be sent, or a space to be followed. */
    private readonly goOn: () => void,
  ) {}

  async invite(): Promise<Joining> {
    this.mustBeAlone();
    return this.locked(async (there) => {
      const state =
        there?.role === 'inviter' && !this.over(there) ? there : newInvitation(await this.myself());
      await this.keep(state);
      return this.shown(await this.postInvitation(state));
    });
  }

  async accept(linkOrSecret: string): Promise<Joining> {
    const secret = secretFromLink(linkOrSecret);
    if (!secret) throw new SeenError('not_found');
    const lookup = toBase64(lookupOf(secret));
    return this.locked(async (there) => {
      if (there?.role === 'inviter' && there.lookup === lookup) throw new SeenError('invite_own');
      this.mustBeAlone();
      if (there?.role === 'invitee' && there.lookup === lookup && !this.over(there)) {
        return this.shown(await this.advance(there));
      }
      return this.shown(await this.claim(secret, lookup));
    });
  }

  async current(): Promise<Joining | null> {
    const state = await this.load();
    return state && this.shown(state);
  }

  async confirm(same: boolean): Promise<Joining> {
    return this.locked(async (state) => {
      if (!state) throw new SeenError('not_found');
      if (isFinished(state)) return this.shown(state);
      if (!same) {
        await this.endOnServer(state);
        return this.shown(await this.keep({ ...state, stage: 'ended' }));
      }
      if (!state.words) throw new SeenError('not_found');
      return this.shown(await this.advance(await this.keep({ ...state, iConfirmed: true })));
    });
  }

  async leave(): Promise<void> {
    await this.locked(async (state) => {
      if (state && !isFinished(state)) await this.endOnServer(state);
      await this.home.store.setFact('joining', null);
      this.say();
    });
  }

  /** Takes the steps that are due; quiet when there is no connection. */
  async drive(): Promise<void> {
    await this.locked(async (state) => {
      if (!state || isFinished(state)) return;
      try {
        await this.advance(state);
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
      }
    });
  }

  async role(): Promise<Joining['role'] | null> {
    const state = await this.load();
    return state && state.stage !== 'joined' ? state.role : null;
  }

  private mustBeAlone(): void {
    if (this.acts.me().joined) throw new SeenError('already_joined');
  }

  /** The join was finished, or its time has passed. */
  private over(state: JoiningState): boolean {
    return isFinished(state) || this.shown(state).stage === 'expired';
  }

  private async postInvitation(state: InviterState): Promise<JoiningState> {
    if (state.expires > 0) return state;
    const body = { lookup: state.lookup, blob: state.blob };
    const { expires } = await this.home.session.ask<{ expires: number }>('POST', '/invitations', body);
    return this.keep({ ...state, expires });
  }

  private async claim(secret: Secret, lookup: string): Promise<JoiningState> {
    const { blob, expires } = await this.askClaim(lookup);
    const state = newAnswer(secret, blob, expires, await this.myself());
    wipe(secret);
    if (state === 'tampered') throw new SeenError('invite_tampered');
    if (state === 'own') throw new SeenError('invite_own');
    return this.advance(await this.keep(state));
  }

  private async askClaim(lookup: string): Promise<{ blob: Sealed; expires: number }> {
    try {
      return await this.home.session.ask('POST', `/invitations/${lookup}/claim`, {});
    } catch (error) {
      const code = error instanceof ServerError ? acceptCodes[error.code] : undefined;
      throw code ? new SeenError(code) : error;
    }
  }

  /** Asks where the join stands, and goes on from there. */
  private async advance(state: JoiningState): Promise<JoiningState> {
    try {
      return await this.takeSteps(state);
    } catch (error) {
      const over = error instanceof ServerError && error.status === 410;
      if (!over) throw error;
      return this.keep({ ...state, stage: error.code === 'expired' ? 'expired' : 'ended' });
    }
  }

  private async takeSteps(state: JoiningState): Promise<JoiningState> {
    const posted = state.role === 'inviter' ? await this.postInvitation(state) : await this.postAnswer(state);
    const told = await this.ask(posted.lookup);
    if (told.stage === 'ended' || told.stage === 'expired')
      return this.keep({ ...posted, stage: told.stage });
    const next =
      posted.role === 'inviter' ? await this.asInviter(posted, told) : await this.asInvitee(posted, told);
    if (isFinished(next)) {
      if (next.stage === 'tampered') await this.endOnServer(next);
      return next;
    }
    if (!next.iConfirmed) return next;
    const ready = await this.withItsSpace(next);
    const confirmed = await this.sendConfirm(ready, told);
    return confirmed.stage === 'joined' ? this.finish(ready, confirmed) : ready;
  }

  private ask(lookup: string): Promise<InvitationTold> {
    return this.home.session.ask<InvitationTold>('GET', `/invitations/${lookup}`);
  }

  private async postAnswer(state: InviteeState): Promise<InviteeState> {
    if (state.stage !== 'claimed') return state;
    await this.step(state, 'answer', { answer: state.answer });
    return this.keep({ ...state, stage: 'answered' });
  }

  private async asInviter(state: InviterState, told: InvitationTold): Promise<InviterState> {
    if (state.words === null && told.answer) {
      const taken = await this.keep(takeAnswer(state, told.answer, await this.myself()));
      if (taken.stage === 'tampered') return taken;
      return this.showNonce(taken);
    }
    if (state.words !== null && state.stage !== 'revealed') return this.showNonce(state);
    return state.stage === told.stage || state.words !== null
      ? state
      : this.keep({ ...state, stage: told.stage });
  }

  private async showNonce(state: InviterState): Promise<InviterState> {
    await this.step(state, 'reveal', { reveal: state.reveal });
    return this.keep({ ...state, stage: 'revealed' });
  }

  private async asInvitee(state: InviteeState, told: InvitationTold): Promise<InviteeState> {
    if (state.words !== null || !told.reveal) return state;
    const taken = takeReveal(state, told.reveal, await this.myself());
    return this.keep(taken.stage === 'tampered' ? taken : { ...taken, stage: 'revealed' });
  }

  private async sendConfirm(state: JoiningState, told: InvitationTold): Promise<InvitationTold> {
    if (told.confirms[state.role] !== undefined) return told;
    const confirm = myConfirm(state);
    const space = state.role === 'inviter' && state.space;
    await this.step(state, 'confirm', space ? { confirm, space: space.id, epoch: space.epoch } : { confirm });
    return this.ask(state.lookup);
  }

  /** The inviter's state carries the space from before the confirm on: whoever confirms last finishes with it at once. */
  private async withItsSpace(state: JoiningState): Promise<JoiningState> {
    return state.role === 'invitee' || state.space ? state : this.keep(await this.withSpace(state));
  }

  /** The shared space and its first key, sealed to the devices of both. */
  private async withSpace(state: InviterState): Promise<InviterState> {
    if (!state.partner) throw new Error('nobody has answered yet');
    const me = await this.myself();
    const id = random(16);
    const key = newEpochKey();
    const present = [me, state.partner].map((member) => checkMember(member));
    const epoch = makeEpoch({ space: id, kind: 'shared', present }, 1, key, this.home.keys.device);
    const space = { id: toBase64(id), key: toBase64(key), epoch };
    wipe(key);
    return { ...state, space };
  }

  /** Both have confirmed: the space is taken in, and the join is written into one's own room. */
  private async finish(state: JoiningState, told: InvitationTold): Promise<JoiningState> {
    const other = state.role === 'inviter' ? told.confirms.invitee : told.confirms.inviter;
    if (!state.partner || !told.space || !theirConfirmHolds(state, other)) {
      return this.keep({ ...state, stage: 'tampered' });
    }
    const space = await this.home.session.ask<SpaceTold>('GET', `/spaces/${told.space}`);
    const key = this.checkedKey(state, space);
    if (!key) return this.keep({ ...state, stage: 'tampered' });
    await this.spaces.adopt(space, new Map([[1, key]]));
    await this.write(state, told.space, key);
    const done = await this.keep({ ...withoutSecrets(state), stage: 'joined' });
    this.goOn();
    return done;
  }

  /** The two of us and nobody else, with the keys that the four words vouch for; null otherwise. */
  private checkedKey(state: JoiningState, space: SpaceTold): Secret | null {
    const [opener, joiner] = space.members;
    const inviter = state.role === 'inviter' ? this.home.keys.me : state.partner?.account;
    const invitee = state.role === 'inviter' ? state.partner?.account : this.home.keys.me;
    const ours = opener?.account === inviter && joiner?.account === invitee && space.members.length === 2;
    if (!ours || space.kind !== 'shared') return null;
    try {
      this.spaces.check(space);
    } catch {
      return null;
    }
    const first = space.epochs.find((epoch) => epoch.n === 1);
    const key = first && openEpoch(first, this.home.keys.identity.device, this.home.keys.device);
    if (!key) return null;
    const mine = state.role === 'inviter' ? state.space?.key : toBase64(key);
    return mine === toBase64(key) ? key : null;
  }

  private async write(state: JoiningState, shared: string, key: Secret): Promise<void> {
    if (!state.partner || this.acts.me().joined) return;
    const role = state.role === 'inviter' ? 'opener' : 'joiner';
    const partner = { account: state.partner.account, name: state.partner.name };
    const kept = toBase64(key);
    await this.acts.do(
      this.home.keys.room,
      { type: 'joined', shared, role, partner },
      { counts: false, seal: (event) => ({ ...event, key: kept }) },
    );
  }

  private async endOnServer(state: JoiningState): Promise<void> {
    if (state.role === 'inviter' && state.expires === 0) return;
    await this.home.store.enqueue({ kind: 'end', lookup: state.lookup });
    this.goOn();
  }

  private step(state: JoiningState, name: string, body: unknown): Promise<unknown> {
    return this.home.session.ask('POST', `/invitations/${state.lookup}/${name}`, body);
  }

  private async myself(): Promise<Myself> {
    const { identity } = this.home.keys;
    const room = await this.home.store.space(identity.room);
    const member = room?.members[0];
    if (!member) throw new Error('no room');
    return { ...member, device: identity.device, name: this.acts.me().name };
  }

  private locked<T>(work: (state: JoiningState | null) => Promise<T>): Promise<T> {
    return this.home.locks.hold(this.home.lockName('joining'), async () => work(await this.load()));
  }

  private async load(): Promise<JoiningState | null> {
    const sealed = await this.home.store.fact('joining');
    return sealed ? this.home.deviceSeal.openJson<JoiningState>('joining', sealed) : null;
  }

  private async keep<State extends JoiningState>(state: State): Promise<State> {
    await this.home.store.setFact('joining', await this.home.deviceSeal.sealJson('joining', state));
    this.say();
    return state;
  }

  private say(): void {
    this.home.changed('joining', 'standing');
    this.home.tellTabs({ note: 'change', change: 'joining' });
  }

  private shown(state: JoiningState): Joining {
    return seenJoining(state, this.home.server.origin, this.home.now());
  }
}

/** What is shown of a finished join needs no key. */
function withoutSecrets(state: JoiningState): JoiningState {
  if (state.role === 'invitee') return { ...state, secret: '', nonce: '' };
  return { ...state, secret: '', nonce: '', boxSeed: '', space: null };
}
