/** The vectors of what must be refused, each by its name: lists, epochs, records and mistyped codes. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../src/vault/bytes';
import { codeKey, codeLookup, openWithCode, readCode, sealInCode, writeCode } from '../../src/vault/code';
import {
  checkMember,
  type CheckedMember,
  type ClaimedMember,
  type DeviceEntry,
  DeviceListError,
  liveAt,
  standingAt,
} from '../../src/vault/device_list';
import * as pairing from '../../src/vault/device_invitation';
import { type Epoch, epochFault, openEpoch } from '../../src/vault/epoch';
import * as invitation from '../../src/vault/invitation';
import { deviceOf, pairsFromSeeds, rootOf } from '../../src/vault/keys';
import { fourWords } from '../../src/vault/phrase';
import { openRecord, type RecordBody, type RecordHead } from '../../src/vault/record';
import { asSecret, receivedSealed, type Secret } from '../../src/vault/sealed';
import { openVault } from '../../src/vault/sodium';

function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(`${import.meta.dirname}/../../../spec/vectors/${name}.json`, 'utf8')) as T;
}

const secret = (text: string): Secret => asSecret(fromBase64(text));

beforeAll(openVault);

describe('device lists', () => {
  interface ListCase {
    name: string;
    known: DeviceEntry[] | null;
    member: ClaimedMember;
  }
  const v = vectors<{
    good: (ListCase & { hashes: string[]; live: string[]; removed: string[] })[];
    refused: (ListCase & { fault: string })[];
  }>('lists');

  it.each(v.good)('$name holds', ({ known, member, hashes, live, removed }) => {
    const checked = checkMember(member, known ?? []);
    expect(checked.hashes).toEqual(hashes);
    expect(liveAt(checked).map(([id]) => id)).toEqual(live);
    for (const id of removed) expect(standingAt(checked, id)).toBe('removed');
  });

  it.each(v.refused)('$name is refused as $fault', ({ known, member, fault }) => {
    let found = 'none';
    try {
      checkMember(member, known ?? []);
    } catch (error) {
      found = error instanceof DeviceListError ? error.fault : 'other';
    }
    expect(found).toBe(fault);
  });
});

describe('epochs', () => {
  interface EpochCase {
    name: string;
    space: string;
    kind: 'room' | 'shared';
    members: (ClaimedMember & { left: boolean })[];
    before: Epoch | null;
    epoch: Epoch;
    key: string;
  }
  const v = vectors<{
    devices: { id: string; seeds: string }[];
    roots: { account: string; entropy: string }[];
    good: EpochCase[];
    refused: (EpochCase & { fault: string })[];
  }>('epochs');

  function fault({ space, kind, members, epoch, before }: EpochCase): string | null {
    const present: CheckedMember[] = members.filter(({ left }) => !left).map((member) => checkMember(member));
    return epochFault({ space: fromBase64(space), kind, present }, epoch, before);
  }

  it.each(v.good)('$name holds, and opens for everybody that it is sealed to', (one) => {
    expect(fault(one)).toBeNull();
    for (const { to } of one.epoch.sealed) {
      const device = v.devices.find(({ id }) => id === to);
      const root = v.roots.find(({ account }) => account === to);
      const keys = device ? deviceOf(secret(device.seeds)) : rootOf(secret(root?.entropy ?? ''));
      expect(toBase64(openEpoch(one.epoch, to, keys) ?? fromBase64(''))).toBe(one.key);
    }
  });

  it.each(v.refused)('$name is refused as $fault', (one) => {
    expect(fault(one)).toBe(one.fault);
  });
});

describe('records', () => {
  interface Sealed {
    name: string;
    head: RecordHead;
    sealed: string;
    epoch_key: string;
  }
  const v = vectors<{
    by_the_other: Sealed & { body: RecordBody };
    refused: (Sealed & { refusal: string; author_key: string | null })[];
  }>('records');

  it.each(v.refused)('$name is refused as $refusal', ({ head, sealed, epoch_key, author_key, refusal }) => {
    const keys = { epoch: secret(epoch_key), author: author_key === null ? null : secret(author_key) };
    expect(openRecord(head, receivedSealed(sealed), keys)).toEqual({ refusal });
  });

  it('the tag of the other is not looked at', () => {
    const { head, sealed, epoch_key, body } = v.by_the_other;
    const keys = { epoch: secret(epoch_key), author: null };
    expect(openRecord(head, receivedSealed(sealed), keys)).toEqual({ body });
  });
});

describe('typed codes', () => {
  interface CodeCase {
    name: string;
    code: string;
    shown: string;
    find: string;
    secret: string;
    origin: string;
    typed: string[];
    lookup: string;
    key: string;
    nonce: string;
    invitation: string;
    sealed: string;
  }
  const v = vectors<{ good: CodeCase[]; mistyped: { name: string; typed: string; fault: string }[] }>(
    'codes',
  );

  it.each(v.good)(
    '$name is read as it is meant, and opens the invitation',
    (one) => {
      const code = { find: one.find, secret: one.secret };
      for (const typed of one.typed) expect(readCode(typed), typed).toEqual(code);
      expect(writeCode(code)).toBe(one.shown);
      expect(toBase64(codeLookup(code.find))).toBe(one.lookup);
      expect(toBase64(codeKey(code, one.origin))).toBe(one.key);
      expect(sealInCode(code, one.origin, secret(one.invitation), fromBase64(one.nonce))).toBe(one.sealed);
      const opened = openWithCode(code, one.origin, receivedSealed(one.sealed));
      expect(opened && toBase64(opened)).toBe(one.invitation);
      expect(openWithCode(code, 'https://other.example', receivedSealed(one.sealed))).toBeNull();
    },
    60_000,
  );

  it.each(v.mistyped)('$name is refused as $fault', ({ typed, fault }) => {
    expect(readCode(typed)).toBe(fault);
  });
});

describe('the invitation of a device', () => {
  const v = vectors<{
    secret: string;
    link: string;
    lookup: string;
    present_nonce: string;
    new_nonce: string;
    box_seed: string;
    present: pairing.PresentTells;
    new: pairing.NewDeviceTells;
    new_seeds: string;
    head: string;
    seal_nonces: Record<invitation.SealLabel, string>;
    blob: string;
    answer: string;
    transcript: string;
    words: string[];
    confirm: Record<invitation.Role, string>;
    handover: pairing.Handover;
    handover_sealed: string;
    list_after: DeviceEntry[];
  }>('device_invitation');
  const code = secret(v.secret);

  it('the link carries the secret, and is no invitation of a person', () => {
    expect(pairing.deviceLinkOf('https://seen.example', code)).toBe(v.link);
    expect(toBase64(invitation.secretFromLink(v.link, 'device') ?? fromBase64(''))).toBe(v.secret);
    expect(invitation.secretFromLink(v.link)).toBeNull();
    expect(toBase64(invitation.lookupOf(code))).toBe(v.lookup);
    expect(invitation.openBlob(code, receivedSealed(v.blob))).toBeNull();
  });

  it('blob and answer open to what the two devices told', () => {
    const seed = fromBase64(v.box_seed);
    expect(pairing.openDeviceBlob(code, receivedSealed(v.blob))).toEqual(v.present);
    const answer = pairing.openDeviceAnswer(code, pairsFromSeeds(seed, seed), receivedSealed(v.answer));
    expect(answer).toEqual(v.new);
  });

  it('transcript, words and both confirms follow', () => {
    const fresh = { sign: fromBase64(v.new.sign), box: fromBase64(v.new.box) };
    const nonces = [fromBase64(v.present_nonce), fromBase64(v.new_nonce)] as const;
    const T = pairing.deviceTranscript({ ...v.present, head: fromBase64(v.head) }, fresh, ...nonces);
    expect(toBase64(T)).toBe(v.transcript);
    expect(fourWords(T)).toEqual(v.words);
    for (const side of ['inviter', 'invitee'] as const)
      expect(toBase64(invitation.confirmOf(code, T, side))).toBe(v.confirm[side]);
  });

  it('the handover opens for the new device alone, and its entry stands on the list', () => {
    const device = deviceOf(secret(v.new_seeds));
    const opened = pairing.openHandover(device, receivedSealed(v.handover_sealed));
    expect(opened?.room).toBe(v.handover.room);
    expect([...(opened?.keys ?? [])].map(([n, key]) => [String(n), toBase64(key)])).toEqual(
      Object.entries(v.handover.keys),
    );
    const other = pairsFromSeeds(fromBase64(v.box_seed), fromBase64(v.box_seed));
    expect(pairing.openHandover(other, receivedSealed(v.handover_sealed))).toBeNull();
    const { account, root_sign, root_box } = v.present;
    const list = checkMember({ account, root_sign, root_box, devices: v.list_after }, v.present.devices);
    expect(list.entries.at(-1)).toEqual(opened?.entry);
  });
});
