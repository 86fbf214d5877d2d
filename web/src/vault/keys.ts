/**
 * @file Root and device keys, and the ids that follow from them. A root is made from the phrase when needed and wiped;
 * a device's keys live on that device alone.
 */
import { type Bytes, random } from './bytes';
import { hash16, keyed } from './hash';
import { asSecret, type Secret, wipe } from './sealed';
import { sodium } from './sodium';

export interface PublicKeys {
  /** Ed25519 */
  sign: Bytes;
  /** X25519 */
  box: Bytes;
}

export interface KeyPairs extends PublicKeys {
  signSecret: Secret;
  boxSecret: Secret;
}

export function pairsFromSeeds(signSeed: Bytes, boxSeed: Bytes): KeyPairs {
  const sign = sodium().crypto_sign_seed_keypair(signSeed);
  const box = sodium().crypto_box_seed_keypair(boxSeed);
  return {
    sign: sign.publicKey,
    signSecret: asSecret(sign.privateKey),
    box: box.publicKey,
    boxSecret: asSecret(box.privateKey),
  };
}

export function rootOf(entropy: Secret): KeyPairs {
  const signSeed = keyed(entropy, 'root-sign');
  const boxSeed = keyed(entropy, 'root-box');
  const root = pairsFromSeeds(signSeed, boxSeed);
  wipe(signSeed, boxSeed);
  return root;
}

/** The two seeds of a device, 32 bytes each; this is what is kept, wrapped. */
export function newDeviceSeeds(): Secret {
  return asSecret(random(64));
}

export function deviceOf(seeds: Secret): KeyPairs {
  return pairsFromSeeds(seeds.subarray(0, 32), seeds.subarray(32, 64));
}

export function wipePairs(pairs: KeyPairs): void {
  wipe(pairs.signSecret, pairs.boxSecret);
}

export function accountId(root: PublicKeys): Bytes {
  return hash16('account', root.sign, root.box);
}

export function deviceId(device: PublicKeys): Bytes {
  return hash16('device', device.sign, device.box);
}

export function sign(message: Bytes, signSecret: Secret): Bytes {
  return sodium().crypto_sign_detached(message, signSecret);
}

/** False too when signature or key have the wrong length. */
export function signatureHolds(signature: Bytes, message: Bytes, signPublic: Bytes): boolean {
  if (signature.length !== 64 || signPublic.length !== 32) return false;
  return sodium().crypto_sign_verify_detached(signature, message, signPublic);
}

/** Only the holder of the box's secret key can open it. */
export function sealToBox(message: Bytes, box: Bytes): Bytes {
  return sodium().crypto_box_seal(message, box);
}

/** Null when it does not open. */
export function openBox(sealed: Bytes, keys: { box: Bytes; boxSecret: Secret }): Bytes | null {
  try {
    return sodium().crypto_box_seal_open(sealed, keys.box, keys.boxSecret);
  } catch {
    return null;
  }
}
