/**
 * @file An epoch: one random key for a space, sealed to exactly the live devices of its present members (and, in one's
 * own room, to the root), signed by the device that began it. It names the head of every present member's device list,
 * so that nobody can say afterwards whom it was for.
 */
import { type Bytes, enc, fromBase64, random, toBase64, u64 } from './bytes';
import { type CheckedMember, liveAt, placeOfHead, standingAt } from './device_list';
import { deviceId, type KeyPairs, openBox, sealToBox, sign, signatureHolds } from './keys';
import { asSealed, asSecret, type Sealed, type Secret, sealedBytes } from './sealed';

export interface EpochHead {
  account: string;
  /** Hash of the newest entry of that account's device list. */
  head: string;
}

export interface Epoch {
  n: number;
  device: string;
  /** Of every present member, in the order of joining. */
  heads: EpochHead[];
  sealed: { to: string; box: Sealed }[];
  signature: string;
}

export type EpochFault =
  | 'shape'
  | 'numbering'
  | 'members'
  | 'unknown_head'
  | 'older_head'
  | 'unknown_device'
  | 'removed_device'
  | 'signature'
  | 'recipients';

/** What an epoch is for. `present`: in the order of joining, without those who have left. */
export interface EpochPlace {
  space: Bytes;
  kind: 'room' | 'shared';
  present: readonly CheckedMember[];
}

/** A sealed box around 32 bytes. */
const boxSize = 32 + 16 + 32;

export function newEpochKey(): Secret {
  return asSecret(random(32));
}

function epochBytes(space: Bytes, epoch: Omit<Epoch, 'signature'>): Bytes {
  const heads = epoch.heads.flatMap(({ account, head }) => [fromBase64(account), fromBase64(head)]);
  const pairs = epoch.sealed.flatMap(({ to, box }) => [fromBase64(to), sealedBytes(box)]);
  const device = fromBase64(epoch.device);
  return enc('seen/1/epoch', space, u64(epoch.n), device, enc(...heads), enc(...pairs));
}

/** Whom the key is sealed to: devices by their id, a root by its account id. */
function recipients(place: EpochPlace, heads: readonly number[]): [string, Bytes][] {
  const devices = place.present.flatMap((member, at) =>
    liveAt(member, heads[at]).map(([id, { box }]): [string, Bytes] => [id, box]),
  );
  if (place.kind === 'shared') return devices;
  const roots = place.present.map(({ account, root }): [string, Bytes] => [account, root.box]);
  return [...devices, ...roots];
}

/** At the newest heads that are known of the present members. */
export function makeEpoch(place: EpochPlace, n: number, key: Secret, device: KeyPairs): Epoch {
  const heads = place.present.map(({ account, head }) => ({ account, head: toBase64(head) }));
  const newest = place.present.map(({ hashes }) => hashes.length - 1);
  const sealed = recipients(place, newest).map(([to, box]) => ({ to, box: asSealed(sealToBox(key, box)) }));
  const unsigned = { n, device: toBase64(deviceId(device)), heads, sealed };
  const signature = toBase64(sign(epochBytes(place.space, unsigned), device.signSecret));
  return { ...unsigned, signature };
}

function isBytes(text: unknown, length: number): boolean {
  return typeof text === 'string' && fromBase64(text).length === length;
}

function hasShape(epoch: Epoch): boolean {
  try {
    return (
      Number.isSafeInteger(epoch.n) &&
      epoch.n >= 1 &&
      isBytes(epoch.device, 16) &&
      isBytes(epoch.signature, 64) &&
      epoch.heads.length > 0 &&
      epoch.heads.every(({ account, head }) => isBytes(account, 16) && isBytes(head, 32)) &&
      epoch.sealed.length > 0 &&
      epoch.sealed.every(({ to, box }) => isBytes(to, 16) && isBytes(box, boxSize))
    );
  } catch {
    return false;
  }
}

/** Which entry of each present member's list the epoch names, or what is wrong with that. */
function headsOf(
  epoch: Epoch,
  before: Epoch | null,
  present: readonly CheckedMember[],
): number[] | EpochFault {
  const named = epoch.heads.map(({ account }) => account);
  if (named.length !== present.length || !present.every(({ account }, at) => account === named[at]))
    return 'members';
  const places = present.map((member, at) => placeOfHead(member, epoch.heads[at]?.head ?? ''));
  if (places.includes(-1)) return 'unknown_head';
  const older = present.some((member, at) => {
    const last = before?.heads.find(({ account }) => account === member.account);
    return last !== undefined && placeOfHead(member, last.head) > (places[at] ?? -1);
  });
  return older ? 'older_head' : places;
}

function signatureFault(place: EpochPlace, epoch: Epoch, heads: readonly number[]): EpochFault | null {
  const standings = place.present.map((member, at) => standingAt(member, epoch.device, heads[at]));
  const at = standings.indexOf('live');
  const keys = place.present[at]?.devices.get(epoch.device)?.keys;
  if (!keys) return standings.includes('removed') ? 'removed_device' : 'unknown_device';
  const holds = signatureHolds(fromBase64(epoch.signature), epochBytes(place.space, epoch), keys.sign);
  return holds ? null : 'signature';
}

/** Everything of envelope.md §4; null when it holds. `before` is the epoch before it, null for the first. */
export function epochFault(place: EpochPlace, epoch: Epoch, before: Epoch | null): EpochFault | null {
  if (!hasShape(epoch)) return 'shape';
  if (epoch.n !== (before?.n ?? 0) + 1) return 'numbering';
  const heads = headsOf(epoch, before, place.present);
  if (typeof heads === 'string') return heads;
  const unsigned = signatureFault(place, epoch, heads);
  if (unsigned) return unsigned;
  const wanted = recipients(place, heads).map(([to]) => to);
  const sealedTo = epoch.sealed.map(({ to }) => to);
  const exactly =
    sealedTo.length === wanted.length && new Set([...wanted, ...sealedTo]).size === wanted.length;
  return exactly && new Set(sealedTo).size === wanted.length ? null : 'recipients';
}

/** The epoch's key, for a device or a root that it is sealed to; null when it is not, or does not open. */
export function openEpoch(epoch: Epoch, to: string, keys: { box: Bytes; boxSecret: Secret }): Secret | null {
  const mine = epoch.sealed.find((entry) => entry.to === to);
  const key = mine ? openBox(sealedBytes(mine.box), keys) : null;
  return key?.length === 32 ? asSecret(key) : null;
}
