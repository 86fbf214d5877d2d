/**
 * @file The two brands that keep plaintext and ciphertext apart. Only the vault makes them: what the store keeps and
 * the sync sends is `Sealed`, and a function that wants one does not compile with an ordinary string.
 */
import { type Bytes, fromBase64, toBase64 } from './bytes';
import { sodium } from './sodium';

declare const sealedBrand: unique symbol;
declare const secretBrand: unique symbol;

/** Sealed bytes as base64url: unreadable without a key. */
export type Sealed = string & { readonly [sealedBrand]: true };

/** Sealed bytes as they are, for what is too long to be written as text. */
export type SealedBytes = Bytes & { readonly [sealedBrand]: true };

/** Key bytes. Whoever makes one wipes it. */
export type Secret = Bytes & { readonly [secretBrand]: true };

export function asSecret(bytes: Bytes): Secret {
  return bytes as Secret;
}

export function wipe(...secrets: readonly (Bytes | null | undefined)[]): void {
  for (const secret of secrets) if (secret) sodium().memzero(secret);
}

/** For the vault's own results. */
export function asSealed(bytes: Bytes): Sealed {
  return toBase64(bytes) as Sealed;
}

/** What came from a server claims to be sealed; whether it opens is seen later. */
export function receivedSealed(text: string): Sealed {
  return text as Sealed;
}

export function sealedBytes(sealed: Sealed): Bytes {
  return fromBase64(sealed);
}
