/**
 * @file The lock of this device. One random data key D seals all that rests here. D itself is kept wrapped under S,
 * an AES-GCM key that the browser keeps and never hands out; when a lock is set, D is first wrapped under a key from
 * the PIN or passphrase, and that box under S. To set, change or remove the lock, only D is wrapped anew.
 *
 * It keeps the person beside you out, not a laboratory: who can copy the browser's files has S as well, may find in
 * them what was overwritten, and tries the 10,000 PINs of four digits in half an hour. A long passphrase stands.
 */
import { type Bytes, fromBase64, random, toBase64, utf8 } from './bytes';
import { DeviceSeal } from './device_seal';
import { asSealed, asSecret, type Sealed, sealedBytes, type Secret, wipe } from './sealed';
import { sodium } from './sodium';

export type LockKind = 'none' | 'pin' | 'passphrase';

/** How D is kept. */
export interface WrappedKey {
  kind: LockKind;
  /** 16 bytes; null without a lock. */
  salt: string | null;
  wrapped: Sealed;
}

/** What a person types to open the app. */
export interface LockSecret {
  kind: Exclude<LockKind, 'none'>;
  text: string;
}

export type LockFault = 'too_short' | 'too_long' | 'not_digits';

const keySize = 32;
const saltSize = 16;
const passes = 3;
const memory = 64 * 1024 * 1024;
const limits = { pin: { least: 4, most: 12 }, passphrase: { least: 8, most: 1000 } } as const;

/** Null when it can be set. */
export function lockFault({ kind, text }: LockSecret): LockFault | null {
  const length = [...text.normalize('NFKC')].length;
  if (kind === 'pin' && !/^[0-9]*$/.test(text)) return 'not_digits';
  if (length < limits[kind].least) return 'too_short';
  return length > limits[kind].most ? 'too_long' : null;
}

export function newDataKey(): Secret {
  return asSecret(random(keySize));
}

/** As long as the app is open: it seals and opens, and no script can read it. */
export function importDataKey(raw: Secret): Promise<CryptoKey> {
  return imported(raw);
}

/** With `secret`, S alone does not open what this gives. */
export async function wrapDataKey(s: CryptoKey, raw: Secret, secret: LockSecret | null): Promise<WrappedKey> {
  const outer = new DeviceSeal(s);
  if (!secret) return { kind: 'none', salt: null, wrapped: await outer.seal(placeOf('none'), raw) };
  const salt = random(saltSize);
  const inner = await sealUnder(secret.text, salt);
  const box = sealedBytes(await inner.seal(placeOf(secret.kind), raw));
  const wrapped = await outer.seal(`lock/${secret.kind}`, box);
  return { kind: secret.kind, salt: toBase64(salt), wrapped };
}

/** D's bytes, which the caller wipes; null when what was typed is not what was set. */
export async function unwrapDataKey(
  s: CryptoKey,
  row: WrappedKey,
  typed: string | null,
): Promise<Secret | null> {
  const outer = new DeviceSeal(s);
  if (row.kind === 'none') return asSecret(await outer.open(placeOf('none'), row.wrapped));
  if (typed === null || row.salt === null) return null;
  const box = asSealed(await outer.open(`lock/${row.kind}`, row.wrapped));
  const inner = await sealUnder(typed, fromBase64(row.salt));
  return inner.open(placeOf(row.kind), box).then(asSecret, () => null);
}

function placeOf(kind: LockKind): string {
  return `data-key/${kind}`;
}

async function sealUnder(typed: string, salt: Bytes): Promise<DeviceSeal> {
  const text = utf8(typed.normalize('NFKC'));
  const argon2id = sodium().crypto_pwhash_ALG_ARGON2ID13;
  const raw = asSecret(sodium().crypto_pwhash(keySize, text, salt, passes, memory, argon2id));
  const key = await imported(raw);
  wipe(raw, text);
  return new DeviceSeal(key);
}

function imported(raw: Secret): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', new Uint8Array(raw), 'AES-GCM', false, ['encrypt', 'decrypt']);
}
