/**
 * @file A new device, let in by one that is there already. It has no account yet: it asks with a ticket, and looks again
 * every two seconds. Nothing is kept as true before the list of the invitation, grown by its own entry, has been checked.
 */
import type { IdentityRow, SpaceRow } from '../store/rows';
import { ServerError, Unreachable } from '../sync/errors';
import { Session } from '../sync/session';
import type { AccountTold, InvitationTold } from '../sync/wire';
import { random, toBase64 } from '../vault/bytes';
import { checkMember, type ClaimedMember, extendsList, standingAt } from '../vault/device_list';
import { openHandover } from '../vault/device_invitation';
import { lookupOf } from '../vault/invitation';
import { deviceId, type KeyPairs, wipePairs } from '../vault/keys';
import { asSecret, type Sealed, type Secret, wipe } from '../vault/sealed';
import { fromBase64 } from '../vault/bytes';
import { type Joining, SeenError } from './contract';
import type { House } from './house';
import { deviceSigner } from './identity';
import { JoiningKept } from './joining_kept';
import { isOver, seenJoining } from './joining_state';
import { KeyRing } from './key_ring';
import {
  confirmIn,
  freshKeys,
  type FreshState,
  newEntering,
  otherConfirmed,
  pairingDone,
  takePresent,
} from './pairing_state';
import { identityOf, roomOf } from './restoring';
import { emptySpace } from './spaces';
import { secretOf } from './typed';

/** How long between two looks, ms: a device without an account follows nothing. */
const lookAgainMs = 2000;

export interface Entered {
  identity: IdentityRow;
  room: SpaceRow;
  name: string | null;
}

export class DeviceEntering {
  private readonly kept: JoiningKept;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly house: House,
    /** Somebody lives here now. */
    private readonly entered: (who: Entered) => Promise<void>,
  ) {
    this.kept = new JoiningKept(house);
  }

  async enter(typed: string, name: string | null): Promise<Joining> {
    const secret = await secretOf(typed, 'device', this.house.server);
    const lookup = toBase64(lookupOf(secret));
    const joining = await this.kept.locked(async (there) => {
      const state = mine(there);
      if (state?.lookup === lookup && !isOver(state, this.house.now())) return state;
      return this.kept.keep(await this.claim(secret, lookup, name));
    });
    wipe(secret);
    await this.drive();
    return (await this.current()) ?? this.shown(joining);
  }

  async current(): Promise<Joining | null> {
    const state = await this.kept.load();
    return state && seenJoining(state, this.house.server.origin, this.house.now());
  }

  async role(): Promise<'invitee' | null> {
    const state = mine(await this.kept.load());
    return state && state.stage !== 'joined' ? 'invitee' : null;
  }

  async confirm(same: boolean): Promise<Joining> {
    const shown = await this.kept.locked(async (there) => {
      const state = mine(there);
      if (!state?.words) throw new SeenError('not_found');
      if (isOver(state, this.house.now())) return state;
      if (same) return this.kept.keep({ ...state, iConfirmed: true });
      await this.end(state);
      return this.kept.keep({ ...state, stage: 'ended' as const });
    });
    await this.drive();
    return (await this.current()) ?? this.shown(shown);
  }

  async leave(): Promise<void> {
    this.stop();
    await this.kept.locked(async (there) => {
      const state = mine(there);
      if (state && !isOver(state, this.house.now())) await this.end(state);
      await this.kept.putAway();
    });
  }

  /** Takes the steps that are due, and looks again later while there are more to come. */
  async drive(): Promise<void> {
    this.stop();
    let entered: Entered | null = null;
    const goesOn = await this.kept.locked(async (there) => {
      const state = mine(there);
      if (!state || isOver(state, this.house.now())) return false;
      const after = await this.advance(state);
      if ('identity' in after) entered = after;
      return !('identity' in after) && !isOver(after, this.house.now());
    });
    if (entered) await this.entered(entered);
    if (goesOn) this.timer = setTimeout(() => void this.drive().catch(() => undefined), lookAgainMs);
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private shown(state: FreshState): Joining {
    return seenJoining(state, this.house.server.origin, this.house.now());
  }

  private async claim(secret: Secret, lookup: string, name: string | null): Promise<FreshState> {
    const ticket = toBase64(random(32));
    const told = await this.askClaim(lookup, ticket);
    const state = newEntering(secret, told.blob, told.expires, ticket, name);
    if (!state) throw new SeenError('invite_tampered');
    return state;
  }

  private async askClaim(lookup: string, ticket: string): Promise<{ blob: Sealed; expires: number }> {
    try {
      return await this.house.server.ask('POST', `/invitations/${lookup}/claim`, { ticket });
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      if (error.code === 'used') throw new SeenError('invite_used');
      if (error.code === 'expired') throw new SeenError('invite_expired');
      if (error.code === 'ended') throw new SeenError('invite_ended');
      // That of a person: it is for somebody who lives here.
      if (error.code === 'out_of_turn') throw new SeenError('not_found');
      throw error;
    }
  }

  private async advance(state: FreshState): Promise<FreshState | Entered> {
    try {
      return await this.takeSteps(state);
    } catch (error) {
      if (error instanceof Unreachable) return state;
      if (!(error instanceof ServerError) || error.status !== 410) throw error;
      return this.kept.keep({ ...state, stage: error.code === 'expired' ? 'expired' : 'ended' });
    }
  }

  private async takeSteps(state: FreshState): Promise<FreshState | Entered> {
    const answered = await this.answer(state);
    const told = await this.ask<InvitationTold>(answered, 'GET');
    if (told.stage === 'ended' || told.stage === 'expired')
      return this.kept.keep({ ...answered, stage: told.stage });
    const met =
      answered.words === null && told.reveal
        ? await this.kept.keep(takePresent(answered, told.reveal))
        : answered;
    if (met.stage === 'tampered') {
      await this.end(met);
      return met;
    }
    if (!met.iConfirmed || met.words === null) return met;
    if (told.confirms.invitee === undefined)
      await this.ask(met, 'POST', 'confirm', { confirm: confirmIn(met) });
    return told.handover ? this.finish(met, told) : met;
  }

  private async answer(state: FreshState): Promise<FreshState> {
    if (state.stage !== 'claimed') return state;
    await this.ask(state, 'POST', 'answer', { answer: state.answer });
    return this.kept.keep({ ...state, stage: 'answered' });
  }

  /** Both have said so: the keys are opened, and the list is checked before anything is believed. */
  private async finish(state: FreshState, told: InvitationTold): Promise<FreshState | Entered> {
    const device = freshKeys(state);
    try {
      const entered = otherConfirmed(state, told.confirms.inviter)
        ? await this.believed(state, told.handover ?? ('' as Sealed), device)
        : null;
      if (!entered) return await this.kept.keep({ ...state, stage: 'tampered' });
      await this.kept.keep(pairingDone(state));
      return entered;
    } finally {
      wipePairs(device);
    }
  }

  private async believed(state: FreshState, sealed: Sealed, device: KeyPairs): Promise<Entered | null> {
    const handover = openHandover(device, sealed);
    if (!handover) return null;
    const seeds = asSecret(fromBase64(state.seeds));
    const identity = await identityOf(state.member, { device, seeds }, this.house);
    wipe(seeds);
    const member = await this.grownList(state, identity, device);
    if (!member || !member.devices.some(({ signature }) => signature === handover.entry.signature))
      return null;
    const told = await roomOf(identity, member, device, this.house);
    if (told.space !== handover.room) return null;
    const keys: SpaceRow['keys'] = {};
    for (const [n, key] of handover.keys)
      keys[n] = await this.house.deviceSeal.seal(`key/${told.space}/${n}`, key);
    wipe(...handover.keys.values());
    return { identity: { ...identity, room: told.space }, room: emptySpace(told, keys), name: state.name };
  }

  /** The list as the server tells it now: it begins with the one of the invitation, holds, and has this device on it. */
  private async grownList(
    state: FreshState,
    identity: IdentityRow,
    device: KeyPairs,
  ): Promise<ClaimedMember | null> {
    const signer = deviceSigner(new KeyRing(identity, device), this.house.server.origin);
    const { devices } = await new Session(this.house.server, signer).ask<AccountTold>('GET', '/account');
    const member: ClaimedMember = { ...state.member, devices };
    try {
      const checked = checkMember(member, state.member.devices);
      const here = standingAt(checked, toBase64(deviceId(device))) === 'live';
      return here && extendsList(state.member.devices, devices) ? member : null;
    } catch {
      return null;
    }
  }

  private ask<T>(state: FreshState, method: 'GET' | 'POST', step = '', body?: unknown): Promise<T> {
    const path = `/invitations/${state.lookup}${step === '' ? '' : `/${step}`}`;
    return this.house.server.ask<T>(method, path, body, `Ticket ${state.ticket}`);
  }

  /** Told as well as can be: without a connection it ends by itself after a day. */
  private async end(state: FreshState): Promise<void> {
    await this.ask(state, 'POST', 'end', {}).catch(() => undefined);
  }
}

function mine(state: unknown): FreshState | null {
  const there = state as FreshState | null;
  return there?.kind === 'device' && there.role === 'invitee' ? there : null;
}
