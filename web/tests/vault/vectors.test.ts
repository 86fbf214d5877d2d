/** The vault against spec/vectors, which were made by code that shares nothing with it. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase64, toBase64, utf8 } from '../../src/vault/bytes';
import {
  addDevice,
  checkMember,
  type ClaimedMember,
  type DeviceEntry,
  entryHash,
} from '../../src/vault/device_list';
import { type Epoch, epochFault, openEpoch } from '../../src/vault/epoch';
import { keyed } from '../../src/vault/hash';
import { holdId } from '../../src/vault/hold';
import * as invitation from '../../src/vault/invitation';
import { accountId, deviceId, deviceOf, pairsFromSeeds, rootOf } from '../../src/vault/keys';
import { paddedSize } from '../../src/vault/padding';
import { entropyOf, fourWords, wordsOf } from '../../src/vault/phrase';
import {
  authorKey,
  openRecord,
  recordAad,
  type RecordBody,
  recordHash,
  type RecordHead,
  recordKey,
  sealRecord,
} from '../../src/vault/record';
import { asSecret, receivedSealed, type Secret } from '../../src/vault/sealed';
import { answerChallenge } from '../../src/vault/sign_in';
import { openVault } from '../../src/vault/sodium';

function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(`${import.meta.dirname}/../../../spec/vectors/${name}.json`, 'utf8')) as T;
}

const secret = (text: string): Secret => asSecret(fromBase64(text));

interface KeyVectors {
  entropy: string;
  phrase: string[];
  root_sign: string;
  root_box: string;
  account: string;
  devices: { seeds: string; sign: string; box: string; id: string }[];
  list: DeviceEntry[];
  list_hashes: string[];
  epoch: { space: string; key: string; wire: Epoch };
  derived: { record_key: string; author_key: string; shared: string };
  sign_in: {
    origin: string;
    challenge: { nonce: string; expires: number };
    by_device: string;
    by_root: string;
  };
}

interface RecordCase {
  name: string;
  head: RecordHead;
  body: RecordBody;
  epoch_key: string;
  nonce: string;
  aad: string;
  sealed: string;
  hash: string;
}

beforeAll(openVault);

describe('keys', () => {
  const v = vectors<KeyVectors>('keys');
  const firstDevice = v.devices[0];
  if (!firstDevice) throw new Error('no device in the vectors');

  it('the phrase and the entropy are one thing in two shapes', () => {
    expect(wordsOf(secret(v.entropy))).toEqual(v.phrase);
    expect(toBase64(entropyOf(v.phrase))).toBe(v.entropy);
  });

  it('root keys and the account id follow from the entropy', () => {
    const root = rootOf(secret(v.entropy));
    expect(toBase64(root.sign)).toBe(v.root_sign);
    expect(toBase64(root.box)).toBe(v.root_box);
    expect(toBase64(accountId(root))).toBe(v.account);
  });

  it('device keys and device ids follow from the seeds', () => {
    for (const one of v.devices) {
      const device = deviceOf(secret(one.seeds));
      expect([device.sign, device.box, deviceId(device)].map(toBase64)).toEqual([one.sign, one.box, one.id]);
    }
  });

  it('the device list grows entry by entry to the same bytes', () => {
    const root = rootOf(secret(v.entropy));
    const list: DeviceEntry[] = [];
    for (const one of v.devices) list.push(addDevice(root, deviceOf(secret(one.seeds)), list));
    expect(list).toEqual(v.list);
    expect(list.map((entry) => toBase64(entryHash(fromBase64(v.account), entry)))).toEqual(v.list_hashes);
  });

  it('an epoch opens for the device and for the root, and its signature holds', () => {
    const { account, root_sign, root_box, list: devices } = v;
    const member: ClaimedMember = { account, root_sign, root_box, devices };
    const place = { space: fromBase64(v.epoch.space), kind: 'room' as const, present: [checkMember(member)] };
    expect(epochFault(place, v.epoch.wire, null)).toBeNull();
    const device = deviceOf(secret(firstDevice.seeds));
    const byDevice = openEpoch(v.epoch.wire, firstDevice.id, device);
    const byRoot = openEpoch(v.epoch.wire, account, rootOf(secret(v.entropy)));
    expect([byDevice, byRoot].map((key) => key && toBase64(key))).toEqual([v.epoch.key, v.epoch.key]);
  });

  it('record key and author key follow from the epoch keys', () => {
    const room = secret(v.epoch.key);
    expect(toBase64(recordKey(room))).toBe(v.derived.record_key);
    expect(toBase64(authorKey(room, v.derived.shared))).toBe(v.derived.author_key);
  });

  it('a challenge is answered with the same signature, by device and by root', () => {
    const { origin, challenge, by_device, by_root } = v.sign_in;
    const device = deviceOf(secret(firstDevice.seeds));
    const root = rootOf(secret(v.entropy));
    const answer = (id: string | null, key: Secret) =>
      toBase64(answerChallenge(origin, v.account, id, challenge, key));
    expect(answer(firstDevice.id, device.signSecret)).toBe(by_device);
    expect(answer(null, root.signSecret)).toBe(by_root);
  });
});

describe('records', () => {
  const v = vectors<{ room_key: string; cases: RecordCase[] }>('records');

  it.each(v.cases)('$name is sealed to the same bytes and opens again', (one) => {
    const author = authorKey(secret(v.room_key), one.head.space);
    const keys = { epoch: secret(one.epoch_key), author };
    expect(toBase64(recordAad(one.head))).toBe(one.aad);
    const sealed = sealRecord(one.head, one.body, keys, fromBase64(one.nonce));
    expect(sealed).toBe(one.sealed);
    expect(toBase64(recordHash(one.head, sealed))).toBe(one.hash);
    expect(openRecord(one.head, sealed, keys)).toEqual({ body: one.body });
  });
});

describe('holds', () => {
  const v = vectors<{ first_epoch_key: string; cases: { counter: number; hold: string }[] }>('holds');

  it.each(v.cases)('exchange $counter has the same id on both sides', ({ counter, hold }) => {
    expect(toBase64(holdId(secret(v.first_epoch_key), counter))).toBe(hold);
  });
});

describe('sizes', () => {
  const v = vectors<{ length: number; durable: number; held: number; brief: number }[]>('sizes');

  it.each(v)('$length bytes are padded as the vectors say', ({ length, durable, held, brief }) => {
    expect(paddedSize(length, 'durable')).toBe(durable);
    expect(paddedSize(length, 'held')).toBe(held);
    expect(paddedSize(length, 'brief')).toBe(brief);
  });
});

describe('invitation', () => {
  interface InvitationVectors {
    secret: string;
    link: string;
    lookup: string;
    inviter_nonce: string;
    invitee_nonce: string;
    commit: string;
    box_seed: string;
    inviter: invitation.InviterTells;
    invitee: invitation.InviteeTells;
    seal_nonces: Record<invitation.SealLabel, string>;
    blob: string;
    answer: string;
    reveal: string;
    transcript: string;
    words: string[];
    confirm: Record<invitation.Role, string>;
  }
  const v = vectors<InvitationVectors>('invitation');
  const code = secret(v.secret);

  it('the link carries the secret, and the lookup follows from it', () => {
    expect(toBase64(invitation.secretFromLink(v.link) ?? utf8(''))).toBe(v.secret);
    expect(invitation.linkOf('https://seen.example', code)).toBe(v.link);
    expect(toBase64(invitation.lookupOf(code))).toBe(v.lookup);
  });

  it('blob and reveal are sealed to the same bytes', () => {
    const seal = (label: invitation.SealLabel, x: Uint8Array) =>
      invitation.inviteSeal(code, label, x, fromBase64(v.seal_nonces[label]));
    expect(seal('invite-blob', utf8(JSON.stringify(v.inviter)))).toBe(v.blob);
    expect(seal('invite-reveal', fromBase64(v.inviter_nonce))).toBe(v.reveal);
  });

  it('blob and answer open to what the two sides told', () => {
    const seed = fromBase64(v.box_seed);
    const { box, boxSecret } = pairsFromSeeds(seed, seed);
    expect(invitation.openBlob(code, receivedSealed(v.blob))).toEqual(v.inviter);
    expect(invitation.openAnswer(code, { box, boxSecret }, receivedSealed(v.answer))).toEqual(v.invitee);
  });

  it('commit, transcript, words and both confirms follow', () => {
    const nonce = fromBase64(v.inviter_nonce);
    expect(toBase64(invitation.commitTo(nonce))).toBe(v.commit);
    const T = invitation.transcript(v.inviter, v.invitee, nonce, fromBase64(v.invitee_nonce));
    expect(toBase64(T)).toBe(v.transcript);
    expect(fourWords(T)).toEqual(v.words);
    for (const side of ['inviter', 'invitee'] as const) {
      expect(toBase64(invitation.confirmOf(code, T, side))).toBe(v.confirm[side]);
    }
    expect(toBase64(keyed(code, 'invite-confirm', T, 'inviter'))).toBe(v.confirm.inviter);
  });
});
