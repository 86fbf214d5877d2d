/**
 * @file Letting a further device of one's own in (spec/envelope.md §8). The seals are those of an invitation; what they
 * carry is the list that the new device will stand on, its keys, and at the end the keys of one's own room.
 */
import { type Bytes, fromBase64, fromUtf8, toBase64, utf8 } from './bytes';
import type { DeviceEntry } from './device_list';
import { hash } from './hash';
import { inviteOpen, inviteSeal } from './invitation';
import { openBox, type PublicKeys, sealToBox } from './keys';
import { asSealed, asSecret, type Sealed, type Secret, sealedBytes } from './sealed';

/** What the present device tells. */
export interface PresentTells {
  v: 1;
  kind: 'device';
  account: string;
  root_sign: string;
  root_box: string;
  devices: DeviceEntry[];
  device: string;
  commit: string;
  box: string;
}

/** What the new device tells; `name` is what it calls itself. */
export interface NewDeviceTells {
  v: 1;
  sign: string;
  box: string;
  nonce: string;
  name: string | null;
}

/** The room, and the keys of its epochs by their number. */
export interface Handover {
  v: 1;
  room: string;
  keys: Record<string, string>;
  entry: DeviceEntry;
}

function jsonOf(bytes: Bytes | null): Record<string, unknown> | null {
  if (!bytes) return null;
  try {
    const told: unknown = JSON.parse(fromUtf8(bytes));
    return typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function hasTexts(told: Record<string, unknown>, names: readonly string[]): boolean {
  return told['v'] === 1 && names.every((name) => typeof told[name] === 'string');
}

export function sealDeviceBlob(secret: Secret, tells: PresentTells): Sealed {
  return inviteSeal(secret, 'invite-blob', utf8(JSON.stringify(tells)));
}

/** Null when it is no invitation of a device. The list inside is still to be checked. */
export function openDeviceBlob(secret: Secret, blob: Sealed): PresentTells | null {
  const told = jsonOf(inviteOpen(secret, 'invite-blob', blob));
  const texts = ['account', 'root_sign', 'root_box', 'device', 'commit', 'box'];
  const whole = told?.['kind'] === 'device' && Array.isArray(told['devices']) && hasTexts(told, texts);
  return whole ? (told as unknown as PresentTells) : null;
}

/** Sealed to the invitation's own box. */
export function sealDeviceAnswer(secret: Secret, box: string, tells: NewDeviceTells): Sealed {
  return inviteSeal(secret, 'invite-answer', sealToBox(utf8(JSON.stringify(tells)), fromBase64(box)));
}

/** Null when seal or shape do not hold, or a key is of no key's length. */
export function openDeviceAnswer(
  secret: Secret,
  box: { box: Bytes; boxSecret: Secret },
  answer: Sealed,
): NewDeviceTells | null {
  const boxed = inviteOpen(secret, 'invite-answer', answer);
  const told = jsonOf(boxed && openBox(boxed, box));
  if (!told || !hasTexts(told, ['sign', 'box', 'nonce'])) return null;
  try {
    const keys = [told['sign'], told['box'], told['nonce']].map((text) => fromBase64(String(text)));
    if (keys.some(({ length }) => length !== 32)) return null;
  } catch {
    return null;
  }
  const name = typeof told['name'] === 'string' ? told['name'] : null;
  return { ...(told as unknown as NewDeviceTells), name };
}

export interface Pairing {
  account: string;
  root_sign: string;
  root_box: string;
  /** Hash of the newest entry of the list in the blob. */
  head: Bytes;
}

export function deviceTranscript(
  pairing: Pairing,
  fresh: PublicKeys,
  presentNonce: Bytes,
  freshNonce: Bytes,
): Bytes {
  return hash(
    'device-transcript',
    fromBase64(pairing.account),
    fromBase64(pairing.root_sign),
    fromBase64(pairing.root_box),
    pairing.head,
    fresh.sign,
    fresh.box,
    presentNonce,
    freshNonce,
  );
}

export function sealHandover(box: Bytes, handover: Handover): Sealed {
  return asSealed(sealToBox(utf8(JSON.stringify(handover)), box));
}

/** Null when it does not open, or holds no key of the first epoch. */
export function openHandover(
  keys: { box: Bytes; boxSecret: Secret },
  sealed: Sealed,
): { room: string; keys: Map<number, Secret>; entry: DeviceEntry } | null {
  try {
    const told = jsonOf(openBox(sealedBytes(sealed), keys));
    if (!told || !hasTexts(told, ['room'])) return null;
    const { room, entry } = told as unknown as Handover;
    const epochs = Object.entries((told as unknown as Handover).keys).map(
      ([n, key]) => [Number(n), asSecret(fromBase64(key))] as const,
    );
    const sound = epochs.every(([n, key]) => Number.isSafeInteger(n) && n >= 1 && key.length === 32);
    const opened = new Map(epochs);
    return sound && opened.has(1) ? { room, keys: opened, entry } : null;
  } catch {
    return null;
  }
}

export function deviceLinkOf(origin: string, secret: Secret): string {
  return `${origin}/#device=${toBase64(secret)}`;
}
