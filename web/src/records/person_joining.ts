/** @file The join of two people, as one side drives it: the next step that is due, and the space that comes of it. */
import type { InvitationTold, SpaceTold } from '../sync/wire';
import { random, toBase64 } from '../vault/bytes';
import { checkMember } from '../vault/device_list';
import { makeEpoch, newEpochKey, openEpoch } from '../vault/epoch';
import { type Secret, wipe } from '../vault/sealed';
import type { Acts } from './acts';
import type { Home } from './house';
import type { JoiningKept } from './joining_kept';
import {
  type InviteeState,
  type InviterState,
  isFinished,
  type JoiningState,
  type Myself,
  myConfirm,
  takeAnswer,
  takeReveal,
  theirConfirmHolds,
  withoutSecrets,
} from './joining_state';
import type { Spaces } from './spaces';

export class PersonJoining {
  constructor(
    private readonly home: Home,
    private readonly spaces: Spaces,
    private readonly acts: Acts,
    private readonly kept: JoiningKept,
    /** Something waits to be sent, or a space to be followed. */
    private readonly goOn: () => void,
  ) {}

  async myself(): Promise<Myself> {
    const { identity } = this.home.keys;
    const room = await this.home.store.space(identity.room);
    const member = room?.members[0];
    if (!member) throw new Error('no room');
    return { ...member, device: identity.device, name: this.acts.me().name };
  }

  async take(posted: JoiningState, told: InvitationTold): Promise<JoiningState> {
    const next =
      posted.role === 'inviter' ? await this.asInviter(posted, told) : await this.asInvitee(posted, told);
    if (isFinished(next) || !next.iConfirmed) return next;
    const ready = await this.withItsSpace(next);
    const confirmed = await this.sendConfirm(ready, told);
    return confirmed.stage === 'joined' ? this.finish(ready, confirmed) : ready;
  }

  async postAnswer(state: InviteeState): Promise<InviteeState> {
    if (state.stage !== 'claimed') return state;
    await this.step(state, 'answer', { answer: state.answer });
    return this.kept.keep({ ...state, stage: 'answered' });
  }

  private async asInviter(state: InviterState, told: InvitationTold): Promise<InviterState> {
    if (state.words === null && told.answer) {
      const taken = await this.kept.keep(takeAnswer(state, told.answer, await this.myself()));
      if (taken.stage === 'tampered') return taken;
      return this.showNonce(taken);
    }
    if (state.words !== null && state.stage !== 'revealed') return this.showNonce(state);
    return state.stage === told.stage || state.words !== null
      ? state
      : this.kept.keep({ ...state, stage: told.stage });
  }

  private async showNonce(state: InviterState): Promise<InviterState> {
    await this.step(state, 'reveal', { reveal: state.reveal });
    return this.kept.keep({ ...state, stage: 'revealed' });
  }

  private async asInvitee(state: InviteeState, told: InvitationTold): Promise<InviteeState> {
    if (state.words !== null || !told.reveal) return state;
    const taken = takeReveal(state, told.reveal, await this.myself());
    return this.kept.keep(taken.stage === 'tampered' ? taken : { ...taken, stage: 'revealed' });
  }

  private async sendConfirm(state: JoiningState, told: InvitationTold): Promise<InvitationTold> {
    if (told.confirms[state.role] !== undefined) return told;
    const confirm = myConfirm(state);
    const space = state.role === 'inviter' && state.space;
    await this.step(state, 'confirm', space ? { confirm, space: space.id, epoch: space.epoch } : { confirm });
    return this.home.session.ask<InvitationTold>('GET', `/invitations/${state.lookup}`);
  }

  /** The inviter's state carries the space from before the confirm on: whoever confirms last finishes with it at once. */
  private async withItsSpace(state: JoiningState): Promise<JoiningState> {
    return state.role === 'invitee' || state.space ? state : this.kept.keep(await this.withSpace(state));
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
      return this.kept.keep({ ...state, stage: 'tampered' });
    }
    const space = await this.home.session.ask<SpaceTold>('GET', `/spaces/${told.space}`);
    const key = this.checkedKey(state, space);
    if (!key) return this.kept.keep({ ...state, stage: 'tampered' });
    await this.spaces.adopt(space, new Map([[1, key]]));
    await this.write(state, told.space, key);
    const done = await this.kept.keep({ ...withoutSecrets(state), stage: 'joined' });
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
    const { joined, over } = this.acts.me();
    // Joined already, by this or another tab; one that is over is followed by this one.
    if (!state.partner || (joined && (over === 'none' || joined.space === shared))) return;
    const role = state.role === 'inviter' ? 'opener' : 'joiner';
    const partner = { account: state.partner.account, name: state.partner.name };
    const kept = toBase64(key);
    await this.acts.do(
      this.home.keys.room,
      { type: 'joined', shared, role, partner },
      { counts: false, seal: (event) => ({ ...event, key: kept }) },
    );
  }

  private step(state: JoiningState, name: string, body: unknown): Promise<unknown> {
    return this.home.session.ask('POST', `/invitations/${state.lookup}/${name}`, body);
  }
}
