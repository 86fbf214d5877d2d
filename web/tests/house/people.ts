/** @file Two people with keys and a shared space, made directly over the vault, without a server. */
import type { IdentityRow, SpaceRow } from '../../src/store/rows';
import { KeyRing } from '../../src/records/key_ring';
import type { Members } from '../../src/records/arrival';
import { emptySpace } from '../../src/records/spaces';
import { fromBase64, random, toBase64 } from '../../src/vault/bytes';
import { addDevice, checkMember, type ClaimedMember } from '../../src/vault/device_list';
import { makeEpoch, newEpochKey } from '../../src/vault/epoch';
import { accountId, deviceId, deviceOf, type KeyPairs, newDeviceSeeds, rootOf } from '../../src/vault/keys';
import { newEntropy } from '../../src/vault/phrase';
import { type RecordBody, recordHash, type RecordHead, sealRecord } from '../../src/vault/record';
import { receivedSealed, type Secret } from '../../src/vault/sealed';
import type { WireRecord } from '../../src/vault/wire';

export interface Person {
  root: KeyPairs;
  device: KeyPairs;
  member: ClaimedMember;
  keys: KeyRing;
}

const nothing = receivedSealed('');

export function person(): Person {
  const root = rootOf(newEntropy());
  const device = deviceOf(newDeviceSeeds());
  const member: ClaimedMember = {
    account: toBase64(accountId(root)),
    root_sign: toBase64(root.sign),
    root_box: toBase64(root.box),
    devices: [addDevice(root, device, [])],
  };
  const room = toBase64(random(16));
  const identity: IdentityRow = {
    account: member.account,
    rootSign: member.root_sign,
    rootBox: member.root_box,
    device: toBase64(deviceId(device)),
    room,
    listHead: '',
    seeds: nothing,
    entropy: null,
  };
  const keys = new KeyRing(identity, device);
  keys.add(room, 1, newEpochKey());
  return { root, device, member, keys };
}

export interface Pair {
  ines: Person;
  jonas: Person;
  space: string;
  key: Secret;
  members: Members;
  row: SpaceRow;
}

export function pair(): Pair {
  const [ines, jonas] = [person(), person()];
  const space = toBase64(random(16));
  const key = newEpochKey();
  for (const one of [ines, jonas]) one.keys.add(space, 1, key);
  const claimed = [ines.member, jonas.member];
  const members = new Map(claimed.map((member) => [member.account, checkMember(member)]));
  const place = { space: fromBase64(space), kind: 'shared' as const, present: [...members.values()] };
  const epochs = [makeEpoch(place, 1, key, ines.device)];
  const row = emptySpace({ space, kind: 'shared', members: claimed, epochs }, { 1: nothing });
  return { ines, jonas, space, key, members, row };
}

export const words: RecordBody = {
  event: { v: 1, type: 'response.given', target: 'x', kind: 'thanks' },
  at: 1,
  seen: null,
  head: null,
};

/** A durable record as its author's device makes it; `head` replaces single fields before sealing. */
export function recordOf(two: Pair, author: Person, seq: number, head: Partial<RecordHead> = {}): WireRecord {
  const full: RecordHead = {
    space: two.space,
    epoch: 1,
    account: author.keys.me,
    device: author.keys.identity.device,
    id: toBase64(random(16)),
    hold: null,
    class: 'durable',
    prev: null,
    ...head,
  };
  const sealed = sealRecord(full, words, { epoch: two.key, author: author.keys.author(two.space) });
  const { epoch, account, device, id, hold, prev } = full;
  return { seq, stamp: seq, v: 1, id, author: account, device, epoch, class: full.class, hold, prev, sealed };
}

export function hashOf(two: Pair, wire: WireRecord): string {
  const { epoch, author, device, id, hold, prev } = wire;
  const head = { space: two.space, epoch, account: author, device, id, hold, class: wire.class, prev };
  return toBase64(recordHash(head, wire.sealed ?? nothing));
}
