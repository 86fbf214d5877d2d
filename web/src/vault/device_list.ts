/**
 * @file The list of an account's devices: a chain of entries. A device is added by the root or by a device that is on
 * the list; it is removed by the root alone, so that a thief cannot remove the owner. A device that is on no checked
 * list is nobody.
 */
import { type Bytes, empty, enc, equal, fromBase64, toBase64, u64 } from './bytes';
import { hash } from './hash';
import { accountId, deviceId, type KeyPairs, type PublicKeys, sign, signatureHolds } from './keys';

export type EntryKind = 'added' | 'removed';

/** As it stands on the wire: bytes are base64url. `by` is null for the root, otherwise the id of a device. */
export interface DeviceEntry {
  n: number;
  prev: string | null;
  kind: EntryKind;
  by: string | null;
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
  /** In a space only: the member has left it. */
  left?: boolean;
}

export interface ListedDevice {
  keys: PublicKeys;
  /** The n of the entry that adds it, and of the one that removes it. */
  added: number;
  removed: number | null;
}

export interface CheckedMember {
  account: string;
  root: PublicKeys;
  /** Every device that was ever added, by device id, in the order of the list. */
  devices: ReadonlyMap<string, ListedDevice>;
  /** Hash of the newest entry. */
  head: Bytes;
  /** The hash of every entry, base64url. */
  hashes: readonly string[];
  entries: readonly DeviceEntry[];
}

export type ListFault =
  | 'shape'
  | 'account_id'
  | 'numbering'
  | 'prev'
  | 'first'
  | 'removed_by_device'
  | 'unknown_signer'
  | 'removed_signer'
  | 'signature'
  | 'added_twice'
  | 'unknown_device'
  | 'none_left'
  | 'rewritten';

export class DeviceListError extends Error {
  constructor(readonly fault: ListFault) {
    super(`device list: ${fault}`);
    this.name = 'DeviceListError';
  }
}

type Unsigned = Pick<DeviceEntry, 'n' | 'prev' | 'kind' | 'by'>;

function bytesOf(text: string | null): Bytes {
  return text === null ? empty : fromBase64(text);
}

function entryBytes(account: Bytes, { n, prev, kind, by }: Unsigned, device: PublicKeys): Bytes {
  const fields = [account, u64(n), bytesOf(prev), kind, bytesOf(by), device.sign, device.box];
  return enc('seen/1/device-entry', ...fields);
}

function keysOf(entry: DeviceEntry): PublicKeys {
  return { sign: fromBase64(entry.sign), box: fromBase64(entry.box) };
}

export function entryHash(account: Bytes, entry: DeviceEntry): Bytes {
  return hash('device-hash', entryBytes(account, entry, keysOf(entry)), fromBase64(entry.signature));
}

/** The device that an entry adds or removes. */
export function deviceOfEntry(entry: DeviceEntry): string {
  return toBase64(deviceId(keysOf(entry)));
}

function nextEntry(
  account: Bytes,
  list: readonly DeviceEntry[],
  what: { kind: EntryKind; device: PublicKeys },
  signer: { by: string | null; keys: KeyPairs },
): DeviceEntry {
  const { kind, device } = what;
  const last = list.at(-1);
  const unsigned = {
    n: list.length,
    prev: last ? toBase64(entryHash(account, last)) : null,
    kind,
    by: signer.by,
  };
  const signature = sign(entryBytes(account, unsigned, device), signer.keys.signSecret);
  return {
    ...unsigned,
    sign: toBase64(device.sign),
    box: toBase64(device.box),
    signature: toBase64(signature),
  };
}

export function addDevice(root: KeyPairs, device: PublicKeys, list: readonly DeviceEntry[]): DeviceEntry {
  return nextEntry(accountId(root), list, { kind: 'added', device }, { by: null, keys: root });
}

/** A present device lets another one in. */
export function addDeviceBy(
  account: Bytes,
  present: KeyPairs,
  device: PublicKeys,
  list: readonly DeviceEntry[],
): DeviceEntry {
  const signer = { by: toBase64(deviceId(present)), keys: present };
  return nextEntry(account, list, { kind: 'added', device }, signer);
}

export function removeDevice(root: KeyPairs, device: PublicKeys, list: readonly DeviceEntry[]): DeviceEntry {
  return nextEntry(accountId(root), list, { kind: 'removed', device }, { by: null, keys: root });
}

function isBytes(text: unknown, length: number): boolean {
  return typeof text === 'string' && fromBase64(text).length === length;
}

/** Throws a RangeError, too, where there is no base64url. */
function hasShape(entry: DeviceEntry): boolean {
  const { n, prev, kind, by } = entry;
  return (
    Number.isSafeInteger(n) &&
    n >= 0 &&
    (prev === null || isBytes(prev, 32)) &&
    (kind === 'added' || kind === 'removed') &&
    (by === null || isBytes(by, 16)) &&
    isBytes(entry.sign, 32) &&
    isBytes(entry.box, 32) &&
    isBytes(entry.signature, 64)
  );
}

/** A list while it is being read, entry after entry. */
class ListReader {
  readonly devices = new Map<string, ListedDevice>();
  readonly hashes: string[] = [];

  constructor(
    private readonly account: Bytes,
    private readonly root: PublicKeys,
  ) {}

  take(entry: DeviceEntry): void {
    const at = this.hashes.length;
    if (entry.n !== at) throw new DeviceListError('numbering');
    if (entry.prev !== (this.hashes.at(-1) ?? null)) throw new DeviceListError('prev');
    if (at === 0 && (entry.by !== null || entry.kind !== 'added')) throw new DeviceListError('first');
    const device = keysOf(entry);
    const signed = entryBytes(this.account, entry, device);
    if (!signatureHolds(fromBase64(entry.signature), signed, this.signerOf(entry)))
      throw new DeviceListError('signature');
    this.place(entry, device);
    this.hashes.push(toBase64(entryHash(this.account, entry)));
  }

  private signerOf(entry: DeviceEntry): Bytes {
    if (entry.by === null) return this.root.sign;
    if (entry.kind === 'removed') throw new DeviceListError('removed_by_device');
    const signer = this.devices.get(entry.by);
    if (!signer) throw new DeviceListError('unknown_signer');
    if (signer.removed !== null) throw new DeviceListError('removed_signer');
    return signer.keys.sign;
  }

  private place(entry: DeviceEntry, keys: PublicKeys): void {
    const id = toBase64(deviceId(keys));
    const there = this.devices.get(id);
    if (entry.kind === 'added') {
      if (there) throw new DeviceListError('added_twice');
      this.devices.set(id, { keys, added: entry.n, removed: null });
      return;
    }
    if (!there || there.removed !== null) throw new DeviceListError('unknown_device');
    this.devices.set(id, { ...there, removed: entry.n });
    if (![...this.devices.values()].some(({ removed }) => removed === null))
      throw new DeviceListError('none_left');
  }
}

function read(claimed: ClaimedMember): CheckedMember {
  const root = { sign: fromBase64(claimed.root_sign), box: fromBase64(claimed.root_box) };
  const account = accountId(root);
  if (toBase64(account) !== claimed.account) throw new DeviceListError('account_id');
  if (!claimed.devices.every(hasShape)) throw new DeviceListError('shape');
  const reader = new ListReader(account, root);
  for (const entry of claimed.devices) reader.take(entry);
  const { devices, hashes } = reader;
  const newest = hashes.at(-1);
  if (newest === undefined) throw new DeviceListError('shape');
  return {
    account: claimed.account,
    root,
    devices,
    head: fromBase64(newest),
    hashes,
    entries: claimed.devices,
  };
}

/**
 * Everything of envelope.md §3, or a `DeviceListError` that names the first fault. `known` is what this device has
 * accepted before: the list may only have grown.
 */
export function checkMember(claimed: ClaimedMember, known: readonly DeviceEntry[] = []): CheckedMember {
  try {
    const member = read(claimed);
    if (!extendsList(known, claimed.devices)) throw new DeviceListError('rewritten');
    return member;
  } catch (fault) {
    if (fault instanceof DeviceListError) throw fault;
    throw new DeviceListError('shape');
  }
}

/** A server may add to a list it has shown, never change what stood there. Both lists have been checked. */
export function extendsList(known: readonly DeviceEntry[], told: readonly DeviceEntry[]): boolean {
  return known.every((entry, at) => {
    const now = told[at];
    return (
      now !== undefined &&
      now.signature === entry.signature &&
      now.kind === entry.kind &&
      now.by === entry.by &&
      now.sign === entry.sign &&
      now.box === entry.box
    );
  });
}

/** How a device stands when entry `n` is the newest. */
export function standingAt(
  member: CheckedMember,
  device: string,
  n = member.hashes.length - 1,
): 'live' | 'removed' | 'unknown' {
  const listed = member.devices.get(device);
  if (!listed || listed.added > n) return 'unknown';
  return listed.removed !== null && listed.removed <= n ? 'removed' : 'live';
}

/** The devices that are live when entry `n` is the newest. */
export function liveAt(member: CheckedMember, n = member.hashes.length - 1): [string, PublicKeys][] {
  return [...member.devices]
    .filter(([id]) => standingAt(member, id, n) === 'live')
    .map(([id, { keys }]) => [id, keys]);
}

/** Which entry has this hash; -1 when none has. */
export function placeOfHead(member: CheckedMember, head: string): number {
  return member.hashes.indexOf(head);
}

export function sameKeys(a: PublicKeys, b: PublicKeys): boolean {
  return equal(a.sign, b.sign) && equal(a.box, b.box);
}
