/** @file XChaCha20-Poly1305 with the nonce in front: nonce(24) ‖ ciphertext ‖ tag(16). */
import { type Bytes, concat, random } from './bytes';
import { sodium } from './sodium';

export const nonceSize = 24;
export const overhead = nonceSize + 16;

/** The nonce is given only by the tests that compare with the vectors. */
export function aeadSeal(key: Bytes, aad: Bytes, plain: Bytes, nonce = random(nonceSize)): Bytes {
  const box = sodium().crypto_aead_xchacha20poly1305_ietf_encrypt(plain, aad, null, nonce, key);
  return concat([nonce, box]);
}

/** Null when a single bit differs, or it is too short to be sealed. */
export function aeadOpen(key: Bytes, aad: Bytes, sealed: Bytes): Bytes | null {
  if (sealed.length < overhead) return null;
  try {
    return sodium().crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      sealed.subarray(nonceSize),
      aad,
      sealed.subarray(0, nonceSize),
      key,
    );
  } catch {
    return null;
  }
}
