/**
 * @file What two devices of one person keep while the present one lets the new one in, and the steps that need no
 * network (spec/envelope.md §8). A reload in the middle goes on from here.
 */
import { fromBase64, random, toBase64 } from '../vault/bytes';
import {
  addDeviceBy,
  checkMember,
  type ClaimedMember,
  type DeviceEntry,
  standingAt,
} from '../vault/device_list';
import * as pairing from '../vault/device_invitation';
import {
  commitHolds,
  commitTo,
  confirmHolds,
  confirmOf,
  inviteOpen,
  inviteSeal,
  lookupOf,
} from '../vault/invitation';
import { deviceOf, type KeyPairs, pairsFromSeeds, wipePairs } from '../vault/keys';
import { fourWords, type FourWords } from '../vault/phrase';
import { asSecret, type Sealed, type Secret, wipe } from '../vault/sealed';
import type { Joining } from './contract';
import type { CodeBox } from './typed';
import { newDevice } from './identity';

interface PairingCommon {
  kind: 'device';
  secret: string;
  lookup: string;
  expires: number;
  stage: Joining['stage'];
  nonce: string;
  transcript: string | null;
  words: FourWords | null;
  iConfirmed: boolean;
}

/** The device that is there already. */
export interface PresentState extends PairingCommon {
  role: 'inviter';
  code: CodeBox | null;
  boxSeed: string;
  blob: Sealed;
  /** The list as the blob showed it. */
  member: ClaimedMember;
  reveal: Sealed | null;
  fresh: { sign: string; box: string; name: string | null } | null;
  /** Made when both have said "the same", sent again with the same bytes. */
  last: { confirm: string; entry: DeviceEntry; handover: Sealed } | null;
}

/** The device that comes. */
export interface FreshState extends PairingCommon {
  role: 'invitee';
  ticket: string;
  seeds: string;
  name: string | null;
  commit: string;
  member: ClaimedMember;
  answer: Sealed;
}

export type PairingState = PresentState | FreshState;

function secretOf(state: PairingState): Secret {
  return asSecret(fromBase64(state.secret));
}

export function newPairing(member: ClaimedMember, device: string): PresentState {
  const secret = asSecret(random(16));
  const nonce = random(32);
  const boxSeed = random(32);
  const { box } = pairsFromSeeds(boxSeed, boxSeed);
  const { account, root_sign, root_box, devices } = member;
  const commit = toBase64(commitTo(nonce));
  const tells = { account, root_sign, root_box, devices, device, commit, box: toBase64(box) };
  return {
    kind: 'device',
    role: 'inviter',
    secret: toBase64(secret),
    lookup: toBase64(lookupOf(secret)),
    code: null,
    expires: 0,
    stage: 'open',
    nonce: toBase64(nonce),
    boxSeed: toBase64(boxSeed),
    blob: pairing.sealDeviceBlob(secret, { v: 1, kind: 'device', ...tells }),
    member: { account, root_sign, root_box, devices },
    reveal: null,
    fresh: null,
    transcript: null,
    words: null,
    iConfirmed: false,
    last: null,
  };
}

/** Null when the seal, the list or the device that tells it do not hold. */
export function newEntering(
  secret: Secret,
  blob: Sealed,
  expires: number,
  ticket: string,
  name: string | null,
): FreshState | null {
  const told = pairing.openDeviceBlob(secret, blob);
  const member = told && checkedOwner(told);
  if (!told || !member) return null;
  const { device, seeds } = newDevice();
  const nonce = toBase64(random(32));
  const keys = { sign: toBase64(device.sign), box: toBase64(device.box) };
  const answer = pairing.sealDeviceAnswer(secret, told.box, { v: 1, ...keys, nonce, name });
  const state: FreshState = {
    kind: 'device',
    role: 'invitee',
    secret: toBase64(secret),
    lookup: toBase64(lookupOf(secret)),
    expires,
    stage: 'claimed',
    ticket,
    seeds: toBase64(seeds),
    name,
    nonce,
    commit: told.commit,
    member,
    answer,
    transcript: null,
    words: null,
    iConfirmed: false,
  };
  wipePairs(device);
  wipe(seeds);
  return state;
}

function checkedOwner(told: pairing.PresentTells): ClaimedMember | null {
  try {
    const { account, root_sign, root_box, devices, device } = told;
    const member: ClaimedMember = { account, root_sign, root_box, devices };
    return standingAt(checkMember(member), device) === 'live' ? member : null;
  } catch {
    return null;
  }
}

function transcriptOf(
  member: ClaimedMember,
  fresh: { sign: Uint8Array; box: Uint8Array },
  presentNonce: Uint8Array,
  freshNonce: Uint8Array,
): Uint8Array {
  const { head } = checkMember(member);
  return pairing.deviceTranscript({ ...member, head }, fresh, presentNonce, freshNonce);
}

/** The present device learns which device answered, and shows the nonce that was committed to. */
export function takeFresh(state: PresentState, answer: Sealed): PresentState {
  const seed = fromBase64(state.boxSeed);
  const pairs = pairsFromSeeds(seed, seed);
  const told = pairing.openDeviceAnswer(secretOf(state), pairs, answer);
  wipePairs(pairs);
  if (!told) return { ...state, stage: 'tampered' };
  const { sign, box, name } = told;
  const nonce = fromBase64(state.nonce);
  const keys = { sign: fromBase64(sign), box: fromBase64(box) };
  const T = transcriptOf(state.member, keys, nonce, fromBase64(told.nonce));
  const reveal = inviteSeal(secretOf(state), 'invite-reveal', nonce);
  return { ...state, fresh: { sign, box, name }, reveal, transcript: toBase64(T), words: fourWords(T) };
}

/** The new device sees the other's nonce, and checks it against what was committed to. */
export function takePresent(state: FreshState, reveal: Sealed): FreshState {
  const nonce = inviteOpen(secretOf(state), 'invite-reveal', reveal);
  if (!nonce || !commitHolds(state.commit, nonce)) return { ...state, stage: 'tampered' };
  const device = freshKeys(state);
  const T = transcriptOf(state.member, device, nonce, fromBase64(state.nonce));
  wipePairs(device);
  return { ...state, transcript: toBase64(T), words: fourWords(T), stage: 'revealed' };
}

/** The keys of the device that comes; the caller wipes them. */
export function freshKeys(state: FreshState): KeyPairs {
  return deviceOf(asSecret(fromBase64(state.seeds)));
}

export function confirmIn(state: PairingState): string {
  if (state.transcript === null) throw new Error('no words yet');
  return toBase64(confirmOf(secretOf(state), fromBase64(state.transcript), state.role));
}

/** The other device's person has tapped "the same" over the same transcript. */
export function otherConfirmed(state: PairingState, told: string | undefined): boolean {
  if (state.transcript === null || told === undefined) return false;
  const side = state.role === 'inviter' ? 'invitee' : 'inviter';
  return confirmHolds(secretOf(state), fromBase64(state.transcript), side, told);
}

/** The entry that lets the new device in, behind the newest of `devices`, and the keys of the room for it alone. */
export function lastWord(
  state: PresentState,
  device: KeyPairs,
  devices: readonly DeviceEntry[],
  room: { id: string; keys: Record<string, string> },
): NonNullable<PresentState['last']> {
  if (!state.fresh) throw new Error('nobody has answered yet');
  const fresh = { sign: fromBase64(state.fresh.sign), box: fromBase64(state.fresh.box) };
  const entry = addDeviceBy(fromBase64(state.member.account), device, fresh, devices);
  const handover = pairing.sealHandover(fresh.box, { v: 1, room: room.id, keys: room.keys, entry });
  return { confirm: confirmIn(state), entry, handover };
}

export function seenPairing(state: PairingState, link: string | null, late: boolean): Joining {
  return {
    kind: 'device',
    role: state.role,
    stage: late ? 'expired' : state.stage,
    link,
    code: link !== null && state.role === 'inviter' ? (state.code?.shown ?? null) : null,
    expires: state.expires,
    partnerName: state.role === 'inviter' ? (state.fresh?.name ?? null) : null,
    words: state.words,
    iConfirmed: state.iConfirmed,
  };
}

/** What is shown of a finished one needs no key. */
export function pairingDone(state: PairingState): PairingState {
  const done = { ...state, secret: '', nonce: '', stage: 'joined' as const };
  return done.role === 'inviter' ? { ...done, boxSeed: '', last: null } : { ...done, seeds: '', ticket: '' };
}
