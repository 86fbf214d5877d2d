/**
 * @file The typed code of an invitation: a small door to its secret, for a camera that fails and for an app without an
 * address bar. 18 characters of Crockford's base 32: 5 to find it, 12 as its secret, 1 to check what was typed.
 */
import { aeadOpen, aeadSeal } from './aead';
import { type Bytes, enc, random, toBase64, utf8 } from './bytes';
import { hash16 } from './hash';
import { asSealed, asSecret, type Sealed, type Secret, sealedBytes, wipe } from './sealed';
import { sodium } from './sodium';

/** Both parts as they are written, in capitals. */
export interface TypedCode {
  find: string;
  secret: string;
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const findLength = 5;
const secretLength = 12;
const wholeLength = findLength + secretLength + 1;
const passes = 3;
const memory = 64 * 1024 * 1024;

export function newCode(): TypedCode {
  const drawn = [...random(findLength + secretLength)].map((byte) => letters.charAt(byte & 31)).join('');
  return { find: drawn.slice(0, findLength), secret: drawn.slice(findLength) };
}

function checkOf(characters: string): string {
  const sum = [...characters].reduce((total, letter, at) => total + (at + 1) * letters.indexOf(letter), 0);
  return letters.charAt(sum % 31);
}

/** Three groups of six. */
export function writeCode({ find, secret }: TypedCode): string {
  const whole = find + secret + checkOf(find + secret);
  return [0, 6, 12].map((at) => whole.slice(at, at + 6)).join(' ');
}

export type CodeFault = 'code_character' | 'code_length' | 'code_check';

/** A letter as it is meant: case does not count, I and L are 1, O is 0. Empty when there is no such letter. */
function meant(letter: string): string {
  if (letter.length !== 1 || letter.charCodeAt(0) > 127) return '';
  const capital = letter.toUpperCase();
  const read = capital === 'I' || capital === 'L' ? '1' : capital === 'O' ? '0' : capital;
  return letters.includes(read) ? read : '';
}

/** What was typed, or why it cannot be a code: found before anything is sent. */
export function readCode(typed: string): TypedCode | CodeFault {
  const read = [...typed.replace(/[ -]/g, '')].map(meant);
  if (read.includes('')) return 'code_character';
  if (read.length !== wholeLength) return 'code_length';
  const body = read.slice(0, -1).join('');
  if (checkOf(body) !== read.at(-1)) return 'code_check';
  return { find: body.slice(0, findLength), secret: body.slice(findLength) };
}

export function codeLookup(find: string): Bytes {
  return hash16('code-lookup', find);
}

/** Slow on purpose: about 150 ms and 64 MiB. */
export function codeKey(code: TypedCode, origin: string): Secret {
  const salt = hash16('code-salt', code.find, origin);
  const argon2id = sodium().crypto_pwhash_ALG_ARGON2ID13;
  return asSecret(sodium().crypto_pwhash(32, utf8(code.secret), salt, passes, memory, argon2id));
}

function placeOf(code: TypedCode): Bytes {
  return enc('seen/1/invite-code', codeLookup(code.find));
}

/** The invitation's secret, for whoever types the code at this server. `nonce` only in the tests of the vectors. */
export function sealInCode(code: TypedCode, origin: string, secret: Secret, nonce?: Bytes): Sealed {
  const key = codeKey(code, origin);
  const sealed = aeadSeal(key, placeOf(code), secret, nonce);
  wipe(key);
  return asSealed(sealed);
}

/** Null when the code does not open it. */
export function openWithCode(code: TypedCode, origin: string, sealed: Sealed): Secret | null {
  const key = codeKey(code, origin);
  try {
    const secret = aeadOpen(key, placeOf(code), sealedBytes(sealed));
    return secret?.length === 16 ? asSecret(secret) : null;
  } catch {
    return null;
  } finally {
    wipe(key);
  }
}

export function lookupOfCode(code: TypedCode): string {
  return toBase64(codeLookup(code.find));
}
