/**
 * @file Bytes as the envelope writes them: length-prefixed fields, big-endian numbers, base64url without padding.
 * `enc` is injective, so two different lists of fields never give the same bytes.
 */

export type Bytes = Uint8Array;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** By character code; 255 where there is no letter. */
const values = new Uint8Array(128).fill(255);
for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;

export const empty: Bytes = new Uint8Array(0);

export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** Throws when the bytes are not UTF-8. */
export function fromUtf8(bytes: Bytes): string {
  return decoder.decode(bytes);
}

export function concat(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** lp(x): a 4-byte big-endian length, then x. */
export function lp(bytes: Bytes): Bytes {
  const whole = new Uint8Array(4 + bytes.length);
  new DataView(whole.buffer).setUint32(0, bytes.length);
  whole.set(bytes, 4);
  return whole;
}

/** Text fields are UTF-8; an absent field is the empty byte string. */
export type Field = Bytes | string | null;

function fieldBytes(field: Field): Bytes {
  if (field === null) return empty;
  return typeof field === 'string' ? utf8(field) : field;
}

export function enc(...fields: readonly Field[]): Bytes {
  return concat(fields.map((field) => lp(fieldBytes(field))));
}

/** 8 bytes, big-endian. */
export function u64(n: number): Bytes {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError('not a whole number from 0');
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(n));
  return bytes;
}

export function equal(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

export function toBase64(bytes: Bytes): string {
  const letters: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    letters.push(alphabet.charAt(three >> 18), alphabet.charAt((three >> 12) & 63));
    if (left > 1) letters.push(alphabet.charAt((three >> 6) & 63));
    if (left > 2) letters.push(alphabet.charAt(three & 63));
  }
  return letters.join('');
}

/** Throws on letters outside the alphabet and on lengths and last bits that no bytes have. */
export function fromBase64(text: string): Bytes {
  if (text.length % 4 === 1) throw new RangeError('not base64url');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let at = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < text.length; i++) {
    const value = values[text.charCodeAt(i)] ?? 255;
    if (value === 255) throw new RangeError('not base64url');
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 255;
    held &= (1 << bits) - 1;
  }
  if (held !== 0) throw new RangeError('not base64url');
  return bytes;
}

/** Ids and nonces come from the browser's generator: libsodium's call is far slower in wasm. */
export function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
