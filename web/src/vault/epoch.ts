/** @file An epoch: one random key for a space, sealed to its members' devices and signed by the device that began it. */
import { type Bytes, enc, fromBase64, random, toBase64, u64 } from './bytes';
import type { CheckedMember } from './device_list';
import { deviceId, type KeyPairs, openBox, sealToBox, sign, signatureHolds } from './keys';
import { asSealed, asSecret, type Sealed, type Secret, sealedBytes } from './sealed';

export interface Epoch {
  n: number;
  device: string;
  head: string;
  sealed: { to: string; box: Sealed }[];
  signature: string;
}

/** Whom the key is sealed to: a device by its device id, or a root by its account id. */
export interface Recipient {
  id: Bytes;
  box: Bytes;
}

export function newEpochKey(): Secret {
  return asSecret(random(32));
}

function epochBytes(space: Bytes, epoch: Omit<Epoch, 'signature'>): Bytes {
  const pairs = epoch.sealed.flatMap(({ to, box }) => [fromBase64(to), sealedBytes(box)]);
  return enc(
    'seen/1/epoch',
    space,
    u64(epoch.n),
    fromBase64(epoch.device),
    fromBase64(epoch.head),
    enc(...pairs),
  );
}

export function makeEpoch(
  space: Bytes,
  n: number,
  key: Secret,
  author: { device: KeyPairs; head: Bytes },
  recipients: readonly Recipient[],
): Epoch {
  const unsigned = {
    n,
    device: toBase64(deviceId(author.device)),
    head: toBase64(author.head),
    sealed: recipients.map(({ id, box }) => ({ to: toBase64(id), box: asSealed(sealToBox(key, box)) })),
  };
  return {
    ...unsigned,
    signature: toBase64(sign(epochBytes(space, unsigned), author.device.signSecret)),
  };
}

/** True when a device on one of the checked lists has signed it. */
export function epochHolds(space: Bytes, epoch: Epoch, members: readonly CheckedMember[]): boolean {
  const device = members.map((member) => member.devices.get(epoch.device)).find(Boolean);
  if (!device) return false;
  try {
    return signatureHolds(fromBase64(epoch.signature), epochBytes(space, epoch), device.sign);
  } catch {
    return false;
  }
}

/** The epoch's key, for a device or a root that it is sealed to; null when it is not, or does not open. */
export function openEpoch(epoch: Epoch, to: string, keys: { box: Bytes; boxSecret: Secret }): Secret | null {
  const mine = epoch.sealed.find((entry) => entry.to === to);
  const key = mine ? openBox(sealedBytes(mine.box), keys) : null;
  return key?.length === 32 ? asSecret(key) : null;
}
