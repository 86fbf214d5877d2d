/** @file Twelve words on a new device: the root signs in, adds this device, and opens its own room's keys. */
import type { IdentityRow, SpaceRow } from '../store/rows';
import { AccountUnknown } from '../sync/errors';
import { Session } from '../sync/session';
import type { AccountTold, SpaceTold } from '../sync/wire';
import { toBase64 } from '../vault/bytes';
import { addDevice, checkMember, type ClaimedMember } from '../vault/device_list';
import { openEpoch } from '../vault/epoch';
import { accountId, deviceId, type KeyPairs, rootOf, wipePairs } from '../vault/keys';
import { entropyOf } from '../vault/phrase';
import { type Sealed, type Secret, wipe } from '../vault/sealed';
import { chainOf } from './epoch_chain';
import type { House } from './house';
import { deviceSigner, newDevice, type NewDevice, ownHead, rootSigner } from './identity';
import { KeyRing } from './key_ring';
import { emptySpace } from './spaces';

export interface Restored {
  identity: IdentityRow;
  room: SpaceRow;
}

/** Nothing is kept until the room's keys have opened. */
export async function restoreFrom(words: readonly string[], house: House): Promise<Restored> {
  const entropy = entropyOf(words);
  const root = rootOf(entropy);
  wipe(entropy);
  const { device, seeds } = newDevice();
  try {
    const member = await enlist(root, { device, seeds }, house);
    const identity = await identityOf(member, { device, seeds }, house);
    const told = await roomOf(identity, member, device, house);
    const keys = await roomKeys(told, member.account, root, house);
    return { identity: { ...identity, room: told.space }, room: emptySpace(told, keys) };
  } finally {
    wipePairs(root);
    wipePairs(device);
    wipe(seeds);
  }
}

/** Signs in as the root and adds the device to the checked list. */
async function enlist(root: KeyPairs, { device }: NewDevice, house: House): Promise<ClaimedMember> {
  const session = new Session(house.server, rootSigner(root, house.server.origin));
  const account = toBase64(accountId(root));
  const told = await session.ask<AccountTold>('GET', '/account');
  const member: ClaimedMember = {
    account,
    root_sign: toBase64(root.sign),
    root_box: toBase64(root.box),
    devices: told.devices,
  };
  checkMember(member);
  const entry = addDevice(root, device, told.devices);
  await session.ask('POST', '/devices', { entry });
  return { ...member, devices: [...told.devices, entry] };
}

export async function identityOf(
  member: ClaimedMember,
  { device, seeds }: NewDevice,
  house: House,
): Promise<IdentityRow> {
  return {
    account: member.account,
    rootSign: member.root_sign,
    rootBox: member.root_box,
    device: toBase64(deviceId(device)),
    room: '',
    listHead: ownHead(member.account, member.devices),
    seeds: await house.deviceSeal.seal('seeds', seeds),
    entropy: null,
  };
}

/** One's own room with the epochs that hold, as the new device is told it. */
export async function roomOf(
  identity: IdentityRow,
  member: ClaimedMember,
  device: KeyPairs,
  house: House,
): Promise<SpaceTold> {
  const signer = deviceSigner(new KeyRing(identity, device), house.server.origin);
  const session = new Session(house.server, signer);
  const account = await session.ask<AccountTold>('GET', '/account');
  const room = account.spaces.find((space) => space.kind === 'room');
  if (!room) throw new AccountUnknown();
  const told = await session.ask<SpaceTold>('GET', `/spaces/${room.space}`);
  const place = {
    space: told.space,
    kind: 'room' as const,
    members: [checkMember(member)],
    gone: new Set<string>(),
  };
  const epochs = chainOf(place, [], told.epochs, new Set());
  if (epochs.length === 0) throw new Error('the epoch of the room does not hold');
  return { ...told, members: [member], epochs };
}

async function roomKeys(
  { space, epochs }: SpaceTold,
  account: string,
  root: KeyPairs,
  house: House,
): Promise<Record<number, Sealed>> {
  const keys: Record<number, Sealed> = {};
  for (const epoch of epochs) {
    const key: Secret | null = openEpoch(epoch, account, root);
    if (key) keys[epoch.n] = await house.deviceSeal.seal(`key/${space}/${epoch.n}`, key);
    wipe(key);
  }
  if (!keys[1]) throw new Error('the key of the room does not open');
  return keys;
}
