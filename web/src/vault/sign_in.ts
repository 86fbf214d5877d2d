/** @file The answer to a server's challenge: purpose, origin, who, until when and the server's nonce, signed. */
import { type Bytes, enc, fromBase64, u64 } from './bytes';
import { sign } from './keys';
import type { Secret } from './sealed';

export interface Challenge {
  nonce: string;
  expires: number;
}

/** `device` is null when the root signs in. */
export function signInBytes(
  origin: string,
  account: string,
  device: string | null,
  challenge: Challenge,
): Bytes {
  return enc(
    'seen/1/sign-in',
    origin,
    fromBase64(account),
    device === null ? 'root' : fromBase64(device),
    u64(challenge.expires),
    fromBase64(challenge.nonce),
  );
}

export function answerChallenge(
  origin: string,
  account: string,
  device: string | null,
  challenge: Challenge,
  signSecret: Secret,
): Bytes {
  return sign(signInBytes(origin, account, device, challenge), signSecret);
}
