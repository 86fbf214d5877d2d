/** @file Who lives on this device: made anew, or opened again from what is kept. */
import type { AccountOutbox, IdentityRow, SpaceRow } from '../store/rows';
import type { ClaimedMember } from '../vault/device_list';
import { addDevice, checkMember, entryHash } from '../vault/device_list';
import { fromBase64, random, toBase64 } from '../vault/bytes';
import type { DeviceSeal } from '../vault/device_seal';
import { makeEpoch, newEpochKey } from '../vault/epoch';
import {
  accountId,
  deviceId,
  deviceOf,
  type KeyPairs,
  newDeviceSeeds,
  rootOf,
  wipePairs,
} from '../vault/keys';
import { newEntropy } from '../vault/phrase';
import { asSecret, type Secret, wipe } from '../vault/sealed';
import type { Signer } from '../sync/session';
import { answerChallenge } from '../vault/sign_in';
import { KeyRing } from './key_ring';
import { emptySpace } from './spaces';

export interface NewLife {
  identity: IdentityRow;
  room: SpaceRow;
  /** What registers the account when there is a connection. */
  account: AccountOutbox;
}

export interface NewDevice {
  device: KeyPairs;
  seeds: Secret;
}

export function newDevice(): NewDevice {
  const seeds = newDeviceSeeds();
  return { device: deviceOf(seeds), seeds };
}

/** Phrase, root, device, room and the room's first epoch; root keys are wiped, the phrase is kept wrapped. */
export async function newLife(deviceSeal: DeviceSeal): Promise<NewLife> {
  const entropy = newEntropy();
  const root = rootOf(entropy);
  const { device, seeds } = newDevice();
  const account = accountId(root);
  const entry = addDevice(root, device, []);
  const head = entryHash(account, entry);
  const room = random(16);
  const key = newEpochKey();
  const member: ClaimedMember = {
    account: toBase64(account),
    root_sign: toBase64(root.sign),
    root_box: toBase64(root.box),
    devices: [entry],
  };
  const place = { space: room, kind: 'room' as const, present: [checkMember(member)] };
  const epoch = makeEpoch(place, 1, key, device);
  const space = toBase64(room);
  const life: NewLife = {
    identity: {
      account: member.account,
      rootSign: member.root_sign,
      rootBox: member.root_box,
      device: toBase64(deviceId(device)),
      room: space,
      listHead: toBase64(head),
      seeds: await deviceSeal.seal('seeds', seeds),
      entropy: await deviceSeal.seal('entropy', entropy),
    },
    room: emptySpace(
      { space, kind: 'room', members: [member], epochs: [epoch] },
      { 1: await deviceSeal.seal(`key/${space}/1`, key) },
    ),
    account: {
      kind: 'account',
      body: {
        root_sign: member.root_sign,
        root_box: member.root_box,
        device: entry,
        room: { space, epoch },
      },
    },
  };
  wipePairs(root);
  wipePairs(device);
  wipe(entropy, seeds, key);
  return life;
}

export async function openKeys(identity: IdentityRow, deviceSeal: DeviceSeal): Promise<KeyRing> {
  const seeds = asSecret(await deviceSeal.open('seeds', identity.seeds));
  const device = deviceOf(seeds);
  wipe(seeds);
  return new KeyRing(identity, device);
}

export function deviceSigner(keys: KeyRing, origin: string): Signer {
  const { account, device } = keys.identity;
  const sign: Signer['sign'] = (challenge) =>
    Promise.resolve(toBase64(answerChallenge(origin, account, device, challenge, keys.device.signSecret)));
  return { account, device, sign };
}

export function rootSigner(root: KeyPairs, origin: string): Signer {
  const account = toBase64(accountId(root));
  const sign: Signer['sign'] = (challenge) =>
    Promise.resolve(toBase64(answerChallenge(origin, account, null, challenge, root.signSecret)));
  return { account, device: null, sign };
}

export function ownHead(account: string, devices: ClaimedMember['devices']): string {
  const last = devices.at(-1);
  if (!last) throw new Error('an account without devices');
  return toBase64(entryHash(fromBase64(account), last));
}
