/** Laws of the vault that no vector can show. Random cases print their seed when they fail. */
import { beforeAll, describe, expect, it } from 'vitest';
import { enc, fromBase64, random, toBase64, u64, utf8 } from '../../src/vault/bytes';
import { addDevice, checkMember, DeviceListError } from '../../src/vault/device_list';
import { DeviceSeal } from '../../src/vault/device_seal';
import { epochFault, makeEpoch, newEpochKey, openEpoch } from '../../src/vault/epoch';
import { holdId } from '../../src/vault/hold';
import { deviceId, deviceOf, newDeviceSeeds } from '../../src/vault/keys';
import { isSizeClass, padme, paddedSize } from '../../src/vault/padding';
import { entropyOf, newEntropy, PhraseError, wordsOf } from '../../src/vault/phrase';
import { sealRecord } from '../../src/vault/record';
import { asSecret, sealedBytes, wipe } from '../../src/vault/sealed';
import { openVault } from '../../src/vault/sodium';
import { seeded } from '../house/seeded';
import { pair, person } from '../house/people';

beforeAll(openVault);

describe('bytes', () => {
  it('base64url gives back every byte string, and takes nothing that is none', () => {
    const draw = seeded(20260101);
    for (let n = 0; n < 200; n++) {
      const bytes = Uint8Array.from({ length: n }, () => draw(256));
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }
    for (const bad of ['A', 'AB', 'AA==', 'A+', 'ä', 'AAAAA'])
      expect(() => fromBase64(bad)).toThrow(RangeError);
  });

  it('two different lists of fields never give the same bytes', () => {
    expect(enc('ab', 'c')).not.toEqual(enc('a', 'bc'));
    expect(enc('a', null)).not.toEqual(enc('a'));
    expect(() => u64(-1)).toThrow(RangeError);
    expect(() => u64(1.5)).toThrow(RangeError);
  });
});

describe('sizes', () => {
  it('a sealed size is a size class and 40 bytes, whatever is inside', () => {
    const two = pair();
    const draw = seeded(7);
    const sizes = new Map<number, Set<number>>();
    for (let n = 0; n < 60; n++) {
      const text = 'x'.repeat(draw(30_000));
      const body = { event: { v: 1, type: 'note.kept', text }, at: 1, seen: null, head: null };
      const head = {
        space: two.space,
        epoch: 1,
        account: two.ines.keys.me,
        device: two.ines.keys.identity.device,
        id: toBase64(random(16)),
        hold: null,
        class: n % 2 === 0 ? ('durable' as const) : ('held' as const),
        prev: null,
      };
      const sealed = sealRecord(head, body, { epoch: two.key, author: two.ines.keys.author(two.space) });
      const inside = 36 + utf8(JSON.stringify(body)).length;
      expect(sealedBytes(sealed).length).toBe(paddedSize(inside, head.class) + 40);
      sizes.set(sealedBytes(sealed).length, new Set());
    }
    expect(sizes.size).toBeLessThan(30);
  });

  it('one answer more or less in words leaves the size as it is', () => {
    for (const [a, b] of [
      [40, 1024],
      [1025, 4096],
      [4097, 16384],
    ] as const) {
      expect(paddedSize(a, 'durable')).toBe(paddedSize(b, 'durable'));
    }
    expect(paddedSize(40, 'held')).toBe(paddedSize(4096, 'held'));
  });

  it('padmé adds at most 12 percent, and gives back what it gave', () => {
    for (let length = 16_385; length < 170_000; length += 977) {
      expect(padme(length)).toBeGreaterThanOrEqual(length);
      expect(padme(length)).toBeLessThanOrEqual(length * 1.12);
      expect(isSizeClass(padme(length), 'durable')).toBe(true);
    }
    expect(isSizeClass(1024, 'held')).toBe(false);
    expect(isSizeClass(0, 'durable')).toBe(false);
  });
});

describe('the phrase', () => {
  it('twelve words give back the entropy, with capitals and spaces', () => {
    const entropy = newEntropy();
    const words = wordsOf(entropy);
    expect(words).toHaveLength(12);
    expect(entropyOf(words.map((word) => ` ${word.toUpperCase()} `))).toEqual(entropy);
  });

  it('an unknown word and a wrong phrase are told apart', () => {
    const words = wordsOf(asSecret(new Uint8Array(16)));
    const fault = (typed: string[]): string => {
      try {
        entropyOf(typed);
        return 'none';
      } catch (error) {
        return error instanceof PhraseError ? error.fault : 'other';
      }
    };
    expect(fault([...words.slice(1), 'sehnsucht'])).toBe('unknown_word');
    expect(fault(words.slice(1))).toBe('wrong');
    expect(fault([...words.slice(0, 11), 'abandon'])).toBe('wrong');
  });
});

describe('a device list', () => {
  const faultOf = (work: () => unknown): string => {
    try {
      work();
      return 'none';
    } catch (error) {
      return error instanceof DeviceListError ? error.fault : 'other';
    }
  };

  it('is refused for another account, a gap, a changed prev and a foreign signature', () => {
    const { root, member } = person();
    const second = addDevice(root, deviceOf(newDeviceSeeds()), member.devices);
    const first = member.devices.slice(0, 1);
    const list = [...first, second];
    expect(checkMember({ ...member, devices: list }).devices.size).toBe(2);
    expect(faultOf(() => checkMember({ ...member, account: person().member.account }))).toBe('account_id');
    expect(faultOf(() => checkMember({ ...member, devices: [second] }))).toBe('numbering');
    expect(faultOf(() => checkMember({ ...member, devices: [...first, { ...second, prev: null }] }))).toBe(
      'prev',
    );
    const foreign = addDevice(person().root, deviceOf(newDeviceSeeds()), member.devices);
    const chained = { ...foreign, prev: second.prev };
    expect(faultOf(() => checkMember({ ...member, devices: [...first, chained] }))).toBe('signature');
    expect(faultOf(() => checkMember({ ...member, devices: [] }))).toBe('shape');
    expect(faultOf(() => checkMember({ ...member, root_sign: '!' }))).toBe('shape');
  });
});

describe('an epoch', () => {
  it('opens for those it is sealed to, holds for its space alone, and for nobody else', () => {
    const [ines, jonas, mara] = [person(), person(), person()];
    const key = newEpochKey();
    const present = [ines.member, jonas.member].map((member) => checkMember(member));
    const place = { space: random(16), kind: 'shared' as const, present };
    const epoch = makeEpoch(place, 1, key, ines.device);
    for (const one of [ines, jonas])
      expect(openEpoch(epoch, toBase64(deviceId(one.device)), one.device)).toEqual(key);
    expect(openEpoch(epoch, toBase64(deviceId(mara.device)), mara.device)).toBeNull();
    expect(openEpoch(epoch, toBase64(deviceId(ines.device)), jonas.device)).toBeNull();
    expect(epochFault(place, epoch, null)).toBeNull();
    expect(epochFault({ ...place, space: random(16) }, epoch, null)).toBe('signature');
    expect(epochFault(place, { ...epoch, n: 2 }, null)).toBe('numbering');
    expect(epochFault({ ...place, present: [checkMember(mara.member)] }, epoch, null)).toBe('members');
  });
});

describe('a hold', () => {
  it('is the same for both, another for each exchange and for each space', () => {
    const key = newEpochKey();
    expect(holdId(key, 3)).toEqual(holdId(key, 3));
    expect(holdId(key, 3)).not.toEqual(holdId(key, 4));
    expect(holdId(key, 3)).not.toEqual(holdId(newEpochKey(), 3));
  });
});

describe('what rests on the device', () => {
  it('opens at its own place only, with a key that no script can read', async () => {
    const key = await DeviceSeal.makeKey();
    expect(key.extractable).toBe(false);
    const seal = new DeviceSeal(key);
    const sealed = await seal.seal('draft/note', utf8('words'));
    expect(await seal.open('draft/note', sealed)).toEqual(utf8('words'));
    await expect(seal.open('draft/truth', sealed)).rejects.toThrow();
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('a wiped secret is zeros', () => {
    const secret = newEpochKey();
    wipe(secret);
    expect([...secret].every((byte) => byte === 0)).toBe(true);
  });
});
