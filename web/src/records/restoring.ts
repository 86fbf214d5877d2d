/** @file Twelve words on a new device: the root signs in, adds this device, and opens its own room's key. */
import type { IdentityRow, SpaceRow } from '../store/rows';
import { AccountUnknown } from '../sync/errors';
import { Session } from '../sync/session';
import type { AccountTold, SpaceTold } from '../sync/wire';
import { fromBase64, toBase64 } from '../vault/bytes';
import { addDevice, checkMember, type ClaimedMember } from '../vault/device_list';
import { epochHolds, openEpoch } from '../vault/epoch';
import { accountId, deviceId, type KeyPairs, rootOf, wipePairs } from '../vault/keys';
import { entropyOf } from '../vault/phrase';
import { type Secret, wipe } from '../vault/sealed';
import type { House } from './house';
import { deviceSigner, newDevice, type NewDevice, ownHead, rootSigner } from './identity';
import { KeyRing } from './key_ring';
import { emptySpace } from './spaces';

export interface Restored {
  identity: IdentityRow;
  room: SpaceRow;
}

/** Nothing is kept until the room's key has opened. */
export async function restoreFrom(words: readonly string[], house: House): Promise<Restored> {
  const entropy = entropyOf(words);
  const root = rootOf(entropy);
  wipe(entropy);
  const { device, seeds } = newDevice();
  try {
    const member = await enlist(root, { device, seeds }, house);
    const identity = await identityOf(member, { device, seeds }, house);
    const { told, key } = await openRoom(identity, member, root, device, house);
    const sealed = await house.deviceSeal.seal(`key/${told.space}/1`, key);
    wipe(key);
    return { identity: { ...identity, room: told.space }, room: emptySpace(told, sealed) };
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

async function identityOf(
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

async function openRoom(
  identity: IdentityRow,
  member: ClaimedMember,
  root: KeyPairs,
  device: KeyPairs,
  house: House,
): Promise<{ told: SpaceTold; key: Secret }> {
  const signer = deviceSigner(new KeyRing(identity, device), house.server.origin);
  const session = new Session(house.server, signer);
  const account = await session.ask<AccountTold>('GET', '/account');
  const room = account.spaces.find((space) => space.kind === 'room');
  if (!room) throw new AccountUnknown();
  const told = await session.ask<SpaceTold>('GET', `/spaces/${room.space}`);
  const epoch = told.epochs.find(({ n }) => n === 1);
  if (!epoch || !epochHolds(fromBase64(told.space), epoch, [checkMember(member)])) {
    throw new Error('the epoch of the room does not hold');
  }
  const key = openEpoch(epoch, member.account, root);
  if (!key) throw new Error('the key of the room does not open');
  return { told: { ...told, members: [member] }, key };
}
