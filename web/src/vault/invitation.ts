/**
 * @file Joining two people over a server that neither trusts. The secret of 16 bytes travels only in the link; three
 * seals carry keys and nonces; four words, compared by the two people, show that nobody stands between them.
 */
import { type Bytes, enc, equal, fromBase64, fromUtf8, toBase64, utf8 } from './bytes';
import { aeadOpen, aeadSeal } from './aead';
import type { ClaimedMember, DeviceEntry } from './device_list';
import { hash, keyed, keyed16 } from './hash';
import { openBox, sealToBox } from './keys';
import { asSealed, type Sealed, type Secret, sealedBytes, wipe } from './sealed';

export type Role = 'inviter' | 'invitee';
export type SealLabel = 'invite-blob' | 'invite-answer' | 'invite-reveal';

/** What each tells of oneself. `account` is not sent: it follows from the root keys. */
export interface Introduction {
  v: 1;
  root_sign: string;
  root_box: string;
  devices: DeviceEntry[];
  device: string;
  name: string | null;
}

export interface InviterTells extends Introduction {
  commit: string;
  box: string;
}

export interface InviteeTells extends Introduction {
  nonce: string;
}

export function lookupOf(secret: Secret): Bytes {
  return keyed16(secret, 'invite-lookup');
}

/** seal(key, label, x) of envelope.md §7. */
export function inviteSeal(secret: Secret, label: SealLabel, x: Bytes, nonce?: Bytes): Sealed {
  const key = keyed(secret, label);
  const sealed = aeadSeal(key, enc(`seen/1/${label}`, lookupOf(secret)), x, nonce);
  wipe(key);
  return asSealed(sealed);
}

export function inviteOpen(secret: Secret, label: SealLabel, sealed: Sealed): Bytes | null {
  const key = keyed(secret, label);
  try {
    return aeadOpen(key, enc(`seen/1/${label}`, lookupOf(secret)), sealedBytes(sealed));
  } catch {
    return null;
  } finally {
    wipe(key);
  }
}

export function commitTo(inviterNonce: Bytes): Bytes {
  return hash('invite-commit', inviterNonce);
}

export function commitHolds(commit: string, inviterNonce: Bytes): boolean {
  return inviterNonce.length === 32 && commit === toBase64(commitTo(inviterNonce));
}

function hasStrings(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return names.every((name) => typeof fields[name] === 'string') && Array.isArray(fields['devices']);
}

function readTold<T extends Introduction>(bytes: Bytes | null, extra: readonly string[]): T | null {
  if (!bytes) return null;
  try {
    const told: unknown = JSON.parse(fromUtf8(bytes));
    return hasStrings(told, ['root_sign', 'root_box', 'device', ...extra]) ? (told as unknown as T) : null;
  } catch {
    return null;
  }
}

export function sealBlob(secret: Secret, tells: InviterTells): Sealed {
  return inviteSeal(secret, 'invite-blob', utf8(JSON.stringify(tells)));
}

/** Null when the seal or the shape does not hold. The keys inside are still to be checked. */
export function openBlob(secret: Secret, blob: Sealed): InviterTells | null {
  const told = readTold<InviterTells>(inviteOpen(secret, 'invite-blob', blob), ['commit', 'box']);
  // A device's invitation is for one's own devices alone.
  return told && 'kind' in told && told.kind === 'device' ? null : told;
}

/** Sealed to the invitation's own box key, so that the inviter's root may be gone by then. */
export function sealAnswer(secret: Secret, box: string, tells: InviteeTells): Sealed {
  return inviteSeal(secret, 'invite-answer', sealToBox(utf8(JSON.stringify(tells)), fromBase64(box)));
}

export function openAnswer(
  secret: Secret,
  box: { box: Bytes; boxSecret: Secret },
  answer: Sealed,
): InviteeTells | null {
  const boxed = inviteOpen(secret, 'invite-answer', answer);
  return readTold<InviteeTells>(boxed && openBox(boxed, box), ['nonce']);
}

export function memberOf(told: Introduction, account: string): ClaimedMember {
  return { account, root_sign: told.root_sign, root_box: told.root_box, devices: told.devices };
}

interface Roots {
  root_sign: string;
  root_box: string;
}

export function transcript(inviter: Roots, invitee: Roots, inviterNonce: Bytes, inviteeNonce: Bytes): Bytes {
  return hash(
    'invite-transcript',
    fromBase64(inviter.root_sign),
    fromBase64(inviter.root_box),
    fromBase64(invitee.root_sign),
    fromBase64(invitee.root_box),
    inviterNonce,
    inviteeNonce,
  );
}

export function confirmOf(secret: Secret, transcriptHash: Bytes, side: Role): Bytes {
  return keyed(secret, 'invite-confirm', transcriptHash, side);
}

export function confirmHolds(secret: Secret, transcriptHash: Bytes, side: Role, told: string): boolean {
  try {
    return equal(confirmOf(secret, transcriptHash, side), fromBase64(told));
  } catch {
    return false;
  }
}

/** `<origin>/#join=<secret>` or the secret alone; null when it is neither. */
export function secretFromLink(linkOrSecret: string, word: 'join' | 'device' = 'join'): Secret | null {
  const text = linkOrSecret.trim();
  const found = /[#&]([a-z]+)=([A-Za-z0-9_-]+)$/.exec(text);
  if (found && found[1] !== word) return null;
  return secretFrom(found?.[2] ?? text);
}

function secretFrom(found: string): Secret | null {
  try {
    const bytes = fromBase64(found);
    return bytes.length === 16 ? (bytes as Secret) : null;
  } catch {
    return null;
  }
}

export function linkOf(origin: string, secret: Secret): string {
  return `${origin}/#join=${toBase64(secret)}`;
}
