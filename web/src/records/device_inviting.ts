/**
 * @file The present device's side of letting a further one in. It signs the entry and hands over the room's keys only
 * after its person has tapped "the same" and the new device's confirm has come and holds.
 */
import { ServerError } from '../sync/errors';
import type { InvitationTold } from '../sync/wire';
import { toBase64 } from '../vault/bytes';
import type { ClaimedMember } from '../vault/device_list';
import type { Home } from './house';
import type { JoiningKept } from './joining_kept';
import {
  lastWord,
  otherConfirmed,
  pairingDone,
  type PairingState,
  type PresentState,
  takeFresh,
} from './pairing_state';
import type { Spaces } from './spaces';

const mostTries = 3;

export class DeviceInviting {
  constructor(
    private readonly home: Home,
    private readonly spaces: Spaces,
    private readonly kept: JoiningKept,
  ) {}

  async myself(): Promise<ClaimedMember> {
    const member = (await this.home.store.space(this.home.keys.room))?.members[0];
    if (!member) throw new Error('no room');
    return member;
  }

  /** The step that is due, as the server tells where it stands. */
  async take(state: PresentState, told: InvitationTold): Promise<PairingState> {
    const met = await this.meet(state, told);
    if (met.stage === 'tampered' || met.words === null || !met.iConfirmed) return met;
    if (told.confirms.invitee === undefined) return met;
    if (!otherConfirmed(met, told.confirms.invitee)) return this.kept.keep({ ...met, stage: 'tampered' });
    return this.finish(met);
  }

  private async meet(state: PresentState, told: InvitationTold): Promise<PresentState> {
    if (state.words === null && told.answer) {
      const taken = await this.kept.keep(takeFresh(state, told.answer));
      return taken.stage === 'tampered' ? taken : this.showNonce(taken);
    }
    if (state.words !== null && state.stage !== 'revealed') return this.showNonce(state);
    if (state.words !== null || state.stage === told.stage) return state;
    return this.kept.keep({ ...state, stage: told.stage });
  }

  private async showNonce(state: PresentState): Promise<PresentState> {
    const path = `/invitations/${state.lookup}/reveal`;
    await this.home.session.ask('POST', path, { reveal: state.reveal });
    return this.kept.keep({ ...state, stage: 'revealed' });
  }

  private async finish(state: PresentState): Promise<PairingState> {
    for (let tries = 1; ; tries++) {
      const ready = await this.withLast(state, tries > 1);
      try {
        await this.home.session.ask('POST', `/invitations/${state.lookup}/confirm`, ready.last);
        break;
      } catch (error) {
        const moved = error instanceof ServerError && error.code === 'stale_head';
        if (!moved || tries === mostTries) throw error;
      }
    }
    await this.spaces.readAgain(this.home.keys.room);
    return this.kept.keep(pairingDone(state));
  }

  /** `anew` when the list has moved on since it was made. */
  private async withLast(state: PresentState, anew: boolean): Promise<PresentState> {
    if (state.last && !anew) return state;
    const { keys } = this.home;
    await this.spaces.readAgain(keys.room);
    const { devices } = await this.myself();
    const room = { id: keys.room, keys: texts(keys.all(keys.room)) };
    return this.kept.keep({ ...state, last: lastWord(state, keys.device, devices, room) });
  }
}

function texts(keys: ReadonlyMap<number, Uint8Array>): Record<string, string> {
  return Object.fromEntries([...keys].map(([n, key]) => [String(n), toBase64(key)]));
}
