/**
 * @file The join that is under way on a device where somebody lives, with another person or with a further device of
 * one's own. Every step is kept before it is sent, so that it can be sent again with the same bytes after a reload.
 * Whatever the server reports, `drive` takes the next step that is due.
 */
import { ServerError, Unreachable } from '../sync/errors';
import type { InvitationTold } from '../sync/wire';
import { fromBase64, toBase64 } from '../vault/bytes';
import { lookupOf } from '../vault/invitation';
import { asSecret, type Sealed, type Secret, wipe } from '../vault/sealed';
import type { Acts } from './acts';
import { type Joining, SeenError, type SeenErrorCode } from './contract';
import { DeviceInviting } from './device_inviting';
import type { Home } from './house';
import { type AnyJoining, JoiningKept } from './joining_kept';
import {
  type InviterState,
  isFinished,
  isOver,
  newAnswer,
  newInvitation,
  seenJoining,
} from './joining_state';
import { newPairing, type PresentState } from './pairing_state';
import { PersonJoining } from './person_joining';
import type { Spaces } from './spaces';
import { codeFor, secretOf } from './typed';

const acceptCodes: Record<string, SeenErrorCode> = {
  used: 'invite_used',
  expired: 'invite_expired',
  ended: 'invite_ended',
  out_of_turn: 'invite_own',
};

type Inviting = InviterState | PresentState;

export class Joinings {
  private readonly kept: JoiningKept;
  private readonly person: PersonJoining;
  private readonly device: DeviceInviting;

  constructor(
    private readonly home: Home,
    spaces: Spaces,
    private readonly acts: Acts,
    /** Something waits to be sent, or a space to be followed. */
    private readonly goOn: () => void,
  ) {
    this.kept = new JoiningKept(home);
    this.person = new PersonJoining(home, spaces, acts, this.kept, goOn);
    this.device = new DeviceInviting(home, spaces, this.kept);
  }

  async invite(): Promise<Joining> {
    this.mustBeAlone();
    return this.opened('person', async () => newInvitation(await this.person.myself()));
  }

  /** A further device of mine is let in. */
  async inviteDevice(): Promise<Joining> {
    const { device } = this.home.keys.identity;
    return this.opened('device', async () => newPairing(await this.device.myself(), device));
  }

  async accept(typed: string): Promise<Joining> {
    const secret = await secretOf(typed, 'join', this.home.server);
    const lookup = toBase64(lookupOf(secret));
    return this.kept.locked(async (there) => {
      if (there?.role === 'inviter' && there.lookup === lookup) throw new SeenError('invite_own');
      this.mustBeAlone();
      if (there?.role === 'invitee' && there.lookup === lookup && !this.over(there)) {
        return this.shown(await this.advance(there));
      }
      return this.shown(await this.claim(secret, lookup));
    });
  }

  async current(): Promise<Joining | null> {
    const state = await this.kept.load();
    return state && this.shown(state);
  }

  async confirm(same: boolean): Promise<Joining> {
    return this.kept.locked(async (state) => {
      if (!state) throw new SeenError('not_found');
      if (isFinished(state)) return this.shown(state);
      if (!same) {
        await this.endOnServer(state);
        return this.shown(await this.kept.keep({ ...state, stage: 'ended' }));
      }
      if (!state.words) throw new SeenError('not_found');
      return this.shown(await this.advance(await this.kept.keep({ ...state, iConfirmed: true })));
    });
  }

  async leave(): Promise<void> {
    await this.kept.locked(async (state) => {
      if (state && !isFinished(state)) await this.endOnServer(state);
      await this.kept.putAway();
    });
  }

  /** Takes the steps that are due; quiet when there is no connection. */
  async drive(): Promise<void> {
    await this.kept.locked(async (state) => {
      if (!state || isFinished(state)) return;
      try {
        await this.advance(state);
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
      }
    });
  }

  async role(): Promise<Joining['role'] | null> {
    const state = await this.kept.load();
    return state && state.stage !== 'joined' ? state.role : null;
  }

  private mustBeAlone(): void {
    const { joined, over } = this.acts.me();
    if (joined && over === 'none') throw new SeenError('already_joined');
  }

  private over(state: AnyJoining): boolean {
    return isOver(state, this.home.now());
  }

  /** The invitation of this kind that is open, or a new one; one of the other kind is ended. */
  private opened(kind: 'person' | 'device', make: () => Promise<Inviting>): Promise<Joining> {
    return this.kept.locked(async (there) => {
      const open = there && !this.over(there) ? there : null;
      const same = open?.role === 'inviter' && (open.kind ?? 'person') === kind ? (open as Inviting) : null;
      if (open && !same) await this.endOnServer(open);
      const state = await this.kept.keep(same ?? (await make()));
      return this.shown(await this.postInvitation(state));
    });
  }

  private async postInvitation(state: Inviting): Promise<Inviting> {
    if (state.expires > 0) return state;
    const coded = state.code ? state : await this.withCode(state);
    try {
      return await this.kept.keep({ ...coded, expires: await this.post(coded) });
    } catch (error) {
      // Somebody else's open code begins with the same five characters.
      if (!(error instanceof ServerError) || error.code !== 'used') throw error;
      const other = await this.withCode(state);
      return this.kept.keep({ ...other, expires: await this.post(other) });
    }
  }

  private withCode(state: Inviting): Promise<Inviting> {
    const secret = asSecret(fromBase64(state.secret));
    const code = codeFor(secret, this.home.server.origin);
    wipe(secret);
    return this.kept.keep({ ...state, code });
  }

  private async post({ lookup, blob, kind, code }: Inviting): Promise<number> {
    const box = code && { lookup: code.lookup, sealed: code.sealed };
    const body = { lookup, blob, kind: kind ?? 'person', code: box };
    return (await this.home.session.ask<{ expires: number }>('POST', '/invitations', body)).expires;
  }

  private async claim(secret: Secret, lookup: string): Promise<AnyJoining> {
    const { blob, expires } = await this.askClaim(lookup);
    const state = newAnswer(secret, blob, expires, await this.person.myself());
    wipe(secret);
    if (state === 'tampered') throw new SeenError('invite_tampered');
    if (state === 'own') throw new SeenError('invite_own');
    return this.advance(await this.kept.keep(state));
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
  private async advance(state: AnyJoining): Promise<AnyJoining> {
    try {
      return await this.takeSteps(state);
    } catch (error) {
      const over = error instanceof ServerError && error.status === 410;
      if (!over) throw error;
      return this.kept.keep({ ...state, stage: error.code === 'expired' ? 'expired' : 'ended' });
    }
  }

  private async takeSteps(state: AnyJoining): Promise<AnyJoining> {
    // The side of the device that comes is at home where nobody lives yet (device_entering.ts).
    if (state.kind === 'device' && state.role === 'invitee') return state;
    const posted =
      state.role === 'inviter' ? await this.postInvitation(state) : await this.person.postAnswer(state);
    const path = `/invitations/${posted.lookup}`;
    const told = await this.home.session.ask<InvitationTold>('GET', path);
    if (told.stage === 'ended' || told.stage === 'expired')
      return this.kept.keep({ ...posted, stage: told.stage });
    const next =
      posted.kind === 'device' ? await this.device.take(posted, told) : await this.person.take(posted, told);
    if (next.stage === 'tampered') await this.endOnServer(next);
    return next;
  }

  private async endOnServer(state: AnyJoining): Promise<void> {
    if (state.role === 'inviter' && state.expires === 0) return;
    await this.home.store.enqueue({ kind: 'end', lookup: state.lookup });
    this.goOn();
  }

  private shown(state: AnyJoining): Joining {
    return seenJoining(state, this.home.server.origin, this.home.now());
  }
}
