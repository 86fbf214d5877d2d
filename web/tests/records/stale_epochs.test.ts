/** What a receiver refuses of removed devices, old epochs and other histories; each law has a receiver that breaks it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Known, type Leniency, nothingKnown, takeIn } from '../../src/records/arrival';
import { fromBase64, random, toBase64 } from '../../src/vault/bytes';
import { addDeviceBy, checkMember, removeDevice } from '../../src/vault/device_list';
import { makeEpoch, newEpochKey } from '../../src/vault/epoch';
import { deviceId, deviceOf, type KeyPairs, newDeviceSeeds } from '../../src/vault/keys';
import { type RecordBody, type RecordHead, sealRecord } from '../../src/vault/record';
import { openVault } from '../../src/vault/sodium';
import type { WireRecord } from '../../src/vault/wire';
import { hashOf, type Pair, pair, recordOf, words } from '../house/people';
import { seeded } from '../house/seeded';

beforeAll(openVault);

interface Turned extends Pair {
  /** The second device of Jonas, which was removed when epoch 2 began. */
  lost: KeyPairs;
}

/** Jonas had a second device; it was removed, and epoch 2 began with that. */
function turned(): Turned {
  const two = pair();
  const { jonas, ines } = two;
  const lost = deviceOf(newDeviceSeeds());
  const account = fromBase64(jonas.member.account);
  const devices = [...jonas.member.devices];
  devices.push(addDeviceBy(account, jonas.device, lost, devices));
  devices.push(removeDevice(jonas.root, lost, devices));
  const claimed = [ines.member, { ...jonas.member, devices }];
  const present = claimed.map((member) => checkMember(member));
  const key = newEpochKey();
  for (const one of [ines, jonas]) one.keys.add(two.space, 2, key);
  const place = { space: fromBase64(two.space), kind: 'shared' as const, present };
  const epochs = [...two.row.epochs, makeEpoch(place, 2, key, jonas.device)];
  const members = new Map(present.map((member) => [member.account, member]));
  return { ...two, members, row: { ...two.row, members: claimed, epochs }, lost };
}

function sealedBy(
  two: Pair,
  head: Partial<RecordHead>,
  body: Partial<RecordBody> = {},
): Omit<WireRecord, 'seq'> {
  const { jonas } = two;
  const full: RecordHead = {
    space: two.space,
    epoch: 1,
    account: jonas.keys.me,
    device: jonas.keys.identity.device,
    id: toBase64(random(16)),
    hold: null,
    class: 'durable',
    prev: null,
    ...head,
  };
  const epoch = jonas.keys.epoch(two.space, full.epoch);
  if (!epoch) throw new Error('no such epoch');
  const sealed = sealRecord(full, { ...words, ...body }, { epoch, author: jonas.keys.author(two.space) });
  const { epoch: n, account, device, id, hold, prev } = full;
  return { v: 1, id, author: account, device, epoch: n, class: full.class, hold, prev, stamp: 1, sealed };
}

function judged(
  two: Pair,
  records: Omit<WireRecord, 'seq'>[],
  leniency: Leniency = {},
  known: Known = nothingKnown,
) {
  const told = records.map((wire, at) => ({ ...wire, seq: at + 1 }));
  const arrival = takeIn(two.row, told, two.ines.keys, two.members, known, leniency);
  return (arrival?.rows ?? []).map((row) => row.refused ?? 'taken');
}

describe('a receiver', () => {
  it('a_record_by_a_removed_device_under_the_new_epoch_is_refused_by_name', () => {
    const two = turned();
    const device = toBase64(deviceId(two.lost));
    const late = [sealedBy(two, { device, epoch: 2 })];
    expect(judged(two, late)).toEqual(['removed_device']);
    // What it had written before the removal stays true.
    expect(judged(two, [sealedBy(two, { device, epoch: 1 })])).toEqual(['taken']);
    // Control: a receiver that does not look at removals is found by this law.
    expect(judged(two, late, { removedDevices: true })).toEqual(['taken']);
  });

  it('a_record_under_a_stale_epoch_is_refused_by_every_receiver', () => {
    const two = turned();
    const draw = seeded(20261123);
    for (let round = 0; round < 30; round++) {
      const count = 2 + draw(6);
      const turn = draw(count);
      const epochs = Array.from({ length: count }, (_, at) => (at < turn ? 1 : 1 + draw(2)));
      const records = epochs.map((epoch) =>
        sealedBy(two, { epoch, class: 'held', hold: toBase64(random(16)) }),
      );
      const expected = epochs.map((epoch, at) =>
        epoch === 1 && epochs.slice(0, at).includes(2) ? 'stale_epoch' : 'taken',
      );
      expect(judged(two, records), `seed 20261123, round ${round}`).toEqual(expected);
      expect(judged(two, records, { staleEpochs: true })).toEqual(epochs.map(() => 'taken'));
    }
  });

  it('a_refused_record_makes_no_epoch_stale', () => {
    const two = turned();
    const device = toBase64(deviceId(two.lost));
    const records = [sealedBy(two, { device, epoch: 2 }), sealedBy(two, { epoch: 1 })];
    expect(judged(two, records)).toEqual(['removed_device', 'taken']);
  });

  it('a_fork_is_named_by_the_first_record_that_crosses_it', () => {
    const two = pair();
    const mine = recordOf(two, two.ines, 1);
    const true_ = { seq: 1, hash: hashOf(two, mine) };
    const other = { seq: 1, hash: toBase64(random(32)) };
    const held = { class: 'held' as const, hold: toBase64(random(16)) };
    expect(judged(two, [mine, sealedBy(two, held, { seen: true_ })])).toEqual(['taken', 'taken']);
    const crossing = [mine, sealedBy(two, {}, { seen: other }), sealedBy(two, held, { seen: true_ })];
    expect(judged(two, crossing)).toEqual(['taken', 'fork', 'taken']);
    // A place that cannot have been seen when it was written.
    expect(judged(two, [mine, sealedBy(two, {}, { seen: { ...true_, seq: 2 } })])).toEqual(['taken', 'fork']);
    expect(judged(two, crossing, { forks: true })).toEqual(['taken', 'taken', 'taken']);
    const told = crossing.map((wire, at) => ({ ...wire, seq: at + 1 }));
    expect(takeIn(two.row, told, two.ines.keys, two.members)?.space.watch.forked).toBe(true);
  });

  it('a_fork_further_back_is_found_by_what_the_log_says_of_that_place', () => {
    const two = pair();
    const row = { ...two.row, head: 9, headHash: toBase64(random(32)) };
    const wire = { ...sealedBy(two, {}, { seen: { seq: 4, hash: toBase64(random(32)) } }), seq: 10 };
    const known = { ...nothingKnown, hashes: new Map([[4, toBase64(random(32))]]) };
    const refused = (of: Known) =>
      takeIn(row, [wire], two.ines.keys, two.members, of)?.rows[0]?.refused ?? 'taken';
    expect(refused(known)).toBe('fork');
    expect(refused({ ...known, hashes: new Map([[4, null]]) })).toBe('taken');
  });

  it('a_known_id_does_not_stand_in_two_places', () => {
    const two = pair();
    const held = sealedBy(two, { class: 'held', hold: toBase64(random(16)) });
    expect(judged(two, [held, held])).toEqual(['taken', 'different']);
    const known = { ...nothingKnown, ids: new Set([held.id]) };
    expect(judged(two, [held], {}, known)).toEqual(['different']);
  });

  it('nothing_is_judged_before_its_key_has_come_from_another_of_ones_own_devices', () => {
    const two = turned();
    const late = deviceOf(newDeviceSeeds());
    const identity = { ...two.ines.keys.identity, device: toBase64(deviceId(late)) };
    const keys = Object.create(two.ines.keys, {
      identity: { value: identity },
      epoch: { value: (space: string, n: number) => (n === 1 ? two.ines.keys.epoch(space, 1) : null) },
    }) as typeof two.ines.keys;
    const told = [sealedBy(two, { epoch: 1 }), sealedBy(two, { epoch: 2 })].map((wire, at) => ({
      ...wire,
      seq: at + 1,
    }));
    expect(takeIn(two.row, told, keys, two.members)?.rows).toHaveLength(1);
  });
});
