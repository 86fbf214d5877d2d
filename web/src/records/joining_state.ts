/**
 * @file What a device keeps of a join until it is finished, and the steps that need no network: each takes what the
 * other side told, checks it, and gives the next state. A reload in the middle goes on from here.
 */
import { fromBase64, random, toBase64 } from '../vault/bytes';
import { checkMember, type ClaimedMember, standingAt } from '../vault/device_list';
import type { Epoch } from '../vault/epoch';
import * as invitation from '../vault/invitation';
import { accountId, pairsFromSeeds } from '../vault/keys';
import { fourWords, type FourWords } from '../vault/phrase';
import { asSecret, type Sealed, type Secret, wipe } from '../vault/sealed';
import { deviceLinkOf } from '../vault/device_invitation';
import type { Joining } from './contract';
import { type PairingState, seenPairing } from './pairing_state';
import type { CodeBox } from './typed';

/** The partner as the invitation showed them: checked, and vouched for by the four words once compared. */
export interface JoiningPartner extends ClaimedMember {
  device: string;
  name: string | null;
}

interface JoiningCommon {
  /** Absent in one that was begun before devices could be let in. */
  kind?: 'person';
  secret: string;
  lookup: string;
  /** ms since 1970, the server's; 0 until it has answered. */
  expires: number;
  stage: Joining['stage'];
  nonce: string;
  partner: JoiningPartner | null;
  transcript: string | null;
  words: FourWords | null;
  iConfirmed: boolean;
}

export interface InviterState extends JoiningCommon {
  role: 'inviter';
  code: CodeBox | null;
  boxSeed: string;
  blob: Sealed;
  reveal: Sealed | null;
  /** The space that comes of it: made when I confirm, sent again with the same bytes. */
  space: { id: string; key: string; epoch: Epoch } | null;
}

export interface InviteeState extends JoiningCommon {
  role: 'invitee';
  commit: string;
  answer: Sealed;
}

export type JoiningState = InviterState | InviteeState;

/** Who I am, in an invitation. */
export interface Myself extends ClaimedMember {
  device: string;
  name: string | null;
}

const finished = new Set<Joining['stage']>(['joined', 'ended', 'expired', 'tampered']);

export function isFinished(state: Pick<JoiningCommon, 'stage'>): boolean {
  return finished.has(state.stage);
}

function introduction(me: Myself): invitation.Introduction {
  const { root_sign, root_box, devices, device, name } = me;
  return { v: 1, root_sign, root_box, devices, device, name };
}

function secretOf(state: JoiningState): Secret {
  return asSecret(fromBase64(state.secret));
}

export function newInvitation(me: Myself): InviterState {
  const secret = asSecret(random(16));
  const nonce = random(32);
  const boxSeed = random(32);
  const { box } = pairsFromSeeds(boxSeed, boxSeed);
  const tells = {
    ...introduction(me),
    commit: toBase64(invitation.commitTo(nonce)),
    box: toBase64(box),
  };
  return {
    kind: 'person',
    role: 'inviter',
    code: null,
    secret: toBase64(secret),
    lookup: toBase64(invitation.lookupOf(secret)),
    expires: 0,
    stage: 'open',
    nonce: toBase64(nonce),
    boxSeed: toBase64(boxSeed),
    blob: invitation.sealBlob(secret, tells),
    partner: null,
    reveal: null,
    transcript: null,
    words: null,
    iConfirmed: false,
    space: null,
  };
}

/** Account and device follow from the keys, and the device list holds; null otherwise. */
function checkedPartner(told: invitation.Introduction): JoiningPartner | null {
  try {
    const root = { sign: fromBase64(told.root_sign), box: fromBase64(told.root_box) };
    const member = invitation.memberOf(told, toBase64(accountId(root)));
    if (standingAt(checkMember(member), told.device) !== 'live') return null;
    return { ...member, device: told.device, name: typeof told.name === 'string' ? told.name : null };
  } catch {
    return null;
  }
}

export type AcceptFault = 'tampered' | 'own';

export function newAnswer(
  secret: Secret,
  blob: Sealed,
  expires: number,
  me: Myself,
): InviteeState | AcceptFault {
  const told = invitation.openBlob(secret, blob);
  const partner = told && checkedPartner(told);
  if (!told || !partner) return 'tampered';
  if (partner.account === me.account) return 'own';
  const nonce = toBase64(random(32));
  return {
    kind: 'person',
    role: 'invitee',
    secret: toBase64(secret),
    lookup: toBase64(invitation.lookupOf(secret)),
    expires,
    stage: 'claimed',
    nonce,
    commit: told.commit,
    answer: invitation.sealAnswer(secret, told.box, { ...introduction(me), nonce }),
    partner,
    transcript: null,
    words: null,
    iConfirmed: false,
  };
}

/** The inviter learns who answered, and shows the nonce that was committed to. */
export function takeAnswer(state: InviterState, answer: Sealed, me: Myself): InviterState {
  const secret = secretOf(state);
  const seed = fromBase64(state.boxSeed);
  const { box, boxSecret, signSecret } = pairsFromSeeds(seed, seed);
  const told = invitation.openAnswer(secret, { box, boxSecret }, answer);
  const partner = told && checkedPartner(told);
  wipe(seed, boxSecret, signSecret);
  if (!told || !partner || partner.account === me.account) return { ...state, stage: 'tampered' };
  const nonce = fromBase64(state.nonce);
  const inviteeNonce = nonceOf(told.nonce);
  if (!inviteeNonce) return { ...state, stage: 'tampered' };
  const T = invitation.transcript(me, partner, nonce, inviteeNonce);
  return {
    ...state,
    partner,
    reveal: invitation.inviteSeal(secret, 'invite-reveal', nonce),
    transcript: toBase64(T),
    words: fourWords(T),
  };
}

/** The invitee sees the inviter's nonce, and checks it against what was committed to. */
export function takeReveal(state: InviteeState, reveal: Sealed, me: Myself): InviteeState {
  const nonce = invitation.inviteOpen(secretOf(state), 'invite-reveal', reveal);
  if (!nonce || !state.partner || !invitation.commitHolds(state.commit, nonce)) {
    return { ...state, stage: 'tampered' };
  }
  const T = invitation.transcript(state.partner, me, nonce, fromBase64(state.nonce));
  return { ...state, transcript: toBase64(T), words: fourWords(T) };
}

function nonceOf(text: string): Uint8Array | null {
  try {
    const bytes = fromBase64(text);
    return bytes.length === 32 ? bytes : null;
  } catch {
    return null;
  }
}

export function myConfirm(state: JoiningState): string | null {
  if (state.transcript === null) return null;
  return toBase64(invitation.confirmOf(secretOf(state), fromBase64(state.transcript), state.role));
}

/** The other has tapped "the same" over the same transcript. */
export function theirConfirmHolds(state: JoiningState, told: string | undefined): boolean {
  if (state.transcript === null || told === undefined) return false;
  const side = state.role === 'inviter' ? 'invitee' : 'inviter';
  return invitation.confirmHolds(secretOf(state), fromBase64(state.transcript), side, told);
}

/** It is finished, or its time has passed. */
export function isOver(state: { stage: Joining['stage']; expires: number }, now: number): boolean {
  return isFinished(state) || (state.expires > 0 && state.expires <= now);
}

export function seenJoining(state: JoiningState | PairingState, origin: string, now: number): Joining {
  const late = !isFinished(state) && isOver(state, now);
  const open = state.role === 'inviter' && !isOver(state, now);
  const secret = asSecret(fromBase64(state.secret));
  if (state.kind === 'device') return seenPairing(state, open ? deviceLinkOf(origin, secret) : null, late);
  return {
    kind: 'person',
    role: state.role,
    stage: late ? 'expired' : state.stage,
    link: open ? invitation.linkOf(origin, secret) : null,
    code: open && state.role === 'inviter' ? (state.code?.shown ?? null) : null,
    expires: state.expires,
    partnerName: state.partner?.name ?? null,
    words: state.words,
    iConfirmed: state.iConfirmed,
  };
}

/** What is shown of a finished join needs no key. */
export function withoutSecrets(state: JoiningState): JoiningState {
  if (state.role === 'invitee') return { ...state, secret: '', nonce: '' };
  return { ...state, secret: '', nonce: '', boxSeed: '', space: null };
}
