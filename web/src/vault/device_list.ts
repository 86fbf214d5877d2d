/**
 * @file The list of an account's devices: a chain of entries, each signed by the root. A device that is on no checked
 * list is nobody.
 */
import { type Bytes, enc, equal, fromBase64, toBase64, u64 } from './bytes';
import { hash } from './hash';
import { accountId, deviceId, type KeyPairs, type PublicKeys, sign, signatureHolds } from './keys';

/** As it stands on the wire: bytes are base64url. */
export interface DeviceEntry {
  n: number;
  prev: string | null;
  kind: 'added';
  sign: string;
  box: string;
  signature: string;
}

/** A person's public keys and devices, as a server or an invitation tells them. Not yet checked. */
export interface ClaimedMember {
  account: string;
  root_sign: string;
  root_box: string;
  devices: DeviceEntry[];
}

export interface CheckedMember {
  account: string;
  root: PublicKeys;
  /** By device id. */
  devices: ReadonlyMap<string, PublicKeys>;
  /** Hash of the newest entry. */
  head: Bytes;
  entries: readonly DeviceEntry[];
}

export type ListFault = 'account_id' | 'numbering' | 'prev' | 'signature' | 'shape';

export class DeviceListError extends Error {
  constructor(readonly fault: ListFault) {
    super(`device list: ${fault}`);
    this.name = 'DeviceListError';
  }
}

function entryBytes(account: Bytes, n: number, prev: Bytes | null, device: PublicKeys): Bytes {
  return enc('seen/1/device-entry', account, u64(n), prev, 'added', device.sign, device.box);
}

export function entryHash(account: Bytes, entry: DeviceEntry): Bytes {
  const device = { sign: fromBase64(entry.sign), box: fromBase64(entry.box) };
  const prev = entry.prev === null ? null : fromBase64(entry.prev);
  return hash('device-hash', entryBytes(account, entry.n, prev, device), fromBase64(entry.signature));
}

export function addDevice(root: KeyPairs, device: PublicKeys, list: readonly DeviceEntry[]): DeviceEntry {
  const account = accountId(root);
  const last = list.at(-1);
  const prev = last ? entryHash(account, last) : null;
  const signature = sign(entryBytes(account, list.length, prev, device), root.signSecret);
  return {
    n: list.length,
    prev: prev && toBase64(prev),
    kind: 'added',
    sign: toBase64(device.sign),
    box: toBase64(device.box),
    signature: toBase64(signature),
  };
}

function checkEntry(
  root: PublicKeys,
  account: Bytes,
  entry: DeviceEntry,
  at: number,
  head: Bytes | null,
): PublicKeys {
  if (entry.n !== at) throw new DeviceListError('numbering');
  const prev = entry.prev === null ? null : fromBase64(entry.prev);
  const chained = prev === null ? head === null : head !== null && equal(prev, head);
  if (!chained) throw new DeviceListError('prev');
  const device = { sign: fromBase64(entry.sign), box: fromBase64(entry.box) };
  const signed = entryBytes(account, at, prev, device);
  if (!signatureHolds(fromBase64(entry.signature), signed, root.sign)) {
    throw new DeviceListError('signature');
  }
  return device;
}

/** Everything of envelope.md §3, or a `DeviceListError` that names the first fault. */
export function checkMember(claimed: ClaimedMember): CheckedMember {
  try {
    const root = { sign: fromBase64(claimed.root_sign), box: fromBase64(claimed.root_box) };
    const account = accountId(root);
    if (toBase64(account) !== claimed.account) throw new DeviceListError('account_id');
    const devices = new Map<string, PublicKeys>();
    let head: Bytes | null = null;
    claimed.devices.forEach((entry, at) => {
      const device = checkEntry(root, account, entry, at, head);
      devices.set(toBase64(deviceId(device)), device);
      head = entryHash(account, entry);
    });
    if (!head) throw new DeviceListError('shape');
    return { account: claimed.account, root, devices, head, entries: claimed.devices };
  } catch (fault) {
    if (fault instanceof DeviceListError) throw fault;
    throw new DeviceListError('shape');
  }
}

/** A server may add to a list it has shown, never change what stood there. */
export function extendsList(known: readonly DeviceEntry[], told: readonly DeviceEntry[]): boolean {
  return known.every((entry, at) => told[at]?.signature === entry.signature);
}
