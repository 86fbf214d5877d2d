/**
 * What this vault seals, the native one opens and understands alike, and the other way round. The native vault opens,
 * and seals anew what it understood; that must open here, and be what was told. Neither shares a line with the other.
 * VAULT_PEER names the program; SEEN_SEED replays a run.
 */
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../src/vault/bytes';
import {
  codeKey,
  lookupOfCode,
  openWithCode,
  readCode,
  sealInCode,
  type TypedCode,
  writeCode,
} from '../../src/vault/code';
import * as device from '../../src/vault/device_invitation';
import * as lists from '../../src/vault/device_list';
import { type Epoch, epochFault, type EpochPlace, makeEpoch, openEpoch } from '../../src/vault/epoch';
import * as invitation from '../../src/vault/invitation';
import { accountId, deviceId, deviceOf, type KeyPairs, pairsFromSeeds, rootOf } from '../../src/vault/keys';
import { entropyOf, fourWords, wordsOf } from '../../src/vault/phrase';
import * as record from '../../src/vault/record';
import { asSecret, receivedSealed, type Sealed, type Secret } from '../../src/vault/sealed';
import { openVault } from '../../src/vault/sodium';
import { Peer, Seeded, type Told } from './peer';

const seed = process.env['SEEN_SEED'] ?? '1';
const draw = new Seeded(seed);
let peer: Peer;

beforeAll(async () => {
  const program = process.env['VAULT_PEER'];
  if (!program) throw new Error('VAULT_PEER must name the native vault: build/…/vault/tests/vault_peer');
  console.log(`SEEN_SEED=${seed}`);
  peer = new Peer(program);
  await openVault();
});

afterAll(() => {
  peer.end();
});

const secret = (length: number): Secret => asSecret(draw.bytes(length));
const text = (length: number): string => toBase64(draw.bytes(length));
const sealedIn = (told: Told, name: string): Sealed => receivedSealed(String(told[name]));
const number = (): number => draw.below(2 ** 31);

const words = ['müde', '🌙', 'froh', '"', '\\', '\n', '\u0000', 'x', 'ある', '\u2028', 'Mut '] as const;

/** One draw for the whole text: a draw for each word would cost more than the seals. */
function someText(length: number): string {
  return Array.from(draw.bytes(length), (byte) => words[byte % words.length]).join('');
}

function someBody(length: number): record.RecordBody {
  const event = { v: 1, type: 'note.kept', text: someText(length), odd: [null, true, -7, 0.5, { deep: {} }] };
  const seen = draw.below(2) ? { seq: draw.below(1000), hash: text(32) } : null;
  return { event, at: 1767225600000 + draw.below(1e9), seen, head: draw.below(2) ? text(32) : null };
}

function someHead(): record.RecordHead {
  const kind = draw.oneOf(['durable', 'held', 'brief'] as const);
  const [space, account, by, id] = [text(16), text(16), text(16), text(16)];
  const hold = kind === 'held' ? text(16) : null;
  const prev = kind === 'durable' && draw.below(3) ? text(32) : null;
  return { space, epoch: 1 + draw.below(40), account, device: by, id, hold, class: kind, prev };
}

it('the words of both are the words of BIP39', async () => {
  const list = readFileSync(`${import.meta.dirname}/../../../spec/words/english.txt`, 'utf8');
  expect(list).toBe(`${wordlist.join('\n')}\n`);
  expect(createHash('sha256').update(list).digest('hex')).toBe(
    '2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda',
  );
  for (let round = 0; round < 50; round++) {
    const entropy = secret(16);
    const told = await peer.ask('phrase', { entropy: toBase64(entropy) });
    expect(String(told['phrase']).trim().split(' ')).toEqual(wordsOf(entropy));
    expect(told['entropy']).toBe(toBase64(entropyOf(wordsOf(entropy))));
  }
});

it('three hundred records of all classes and sizes are understood alike', async () => {
  for (let round = 0; round < 300; round++) {
    const head = someHead();
    const body = someBody(draw.oneOf([0, 10, 300, 1000, 4000, 8000, 20000]));
    const keys = { epoch: secret(32), author: secret(32) };
    const sealed = record.sealRecord(head, body, keys);
    const told = await peer.ask('record', {
      head,
      sealed,
      epoch_key: toBase64(keys.epoch),
      author_key: toBase64(keys.author),
      seed: number(),
    });
    expect(told['hash']).toBe(toBase64(record.recordHash(head, sealed)));
    expect(record.openRecord(head, sealedIn(told, 'sealed'), keys)).toEqual({ body });
    expect(String(told['sealed']).length).toBe(sealed.length);
  }
});

it('a record that one refuses the other refuses by the same name', async () => {
  for (let round = 0; round < 300; round++) {
    const head = someHead();
    const keys = { epoch: secret(32), author: secret(32) };
    const bytes = fromBase64(record.sealRecord(head, someBody(50), keys));
    const at = draw.below(bytes.length);
    if (draw.below(2)) bytes[at] = (bytes[at] ?? 0) ^ (1 << draw.below(8));
    const author = draw.below(2) ? keys.author : secret(32);
    const sealed = receivedSealed(toBase64(bytes));
    const here = record.openRecord(head, sealed, { epoch: keys.epoch, author });
    const there = await peer.ask('record', {
      head,
      sealed,
      epoch_key: toBase64(keys.epoch),
      author_key: toBase64(author),
      seed: number(),
    });
    expect(there['fault'] ?? 'none').toBe('refusal' in here ? here.refusal : 'none');
  }
});

interface Owned {
  seeds: Secret;
  keys: KeyPairs;
  id: string;
}

interface Person {
  entropy: Secret;
  root: KeyPairs;
  account: string;
  devices: Owned[];
  list: lists.DeviceEntry[];
}

function someDevice(): Owned {
  const seeds = secret(64);
  const keys = deviceOf(seeds);
  return { seeds, keys, id: toBase64(deviceId(keys)) };
}

function claimed(person: Person): lists.ClaimedMember {
  const { root, account, list } = person;
  return { account, root_sign: toBase64(root.sign), root_box: toBase64(root.box), devices: list };
}

const checked = (person: Person): lists.CheckedMember => lists.checkMember(claimed(person));
const live = (person: Person): Owned[] => {
  const ids = lists.liveAt(checked(person)).map(([id]) => id);
  return person.devices.filter(({ id }) => ids.includes(id));
};

/** The next entry, made here or by the native vault, by the root or by a live device. */
async function grow(person: Person, kind: lists.EntryKind): Promise<void> {
  const about = kind === 'added' ? someDevice() : draw.oneOf(live(person));
  const signer = kind === 'added' && draw.below(2) ? draw.oneOf(live(person)) : null;
  if (kind === 'added') person.devices.push(about);
  if (draw.below(2)) {
    const told = await peer.ask('entry', {
      member: claimed(person),
      kind,
      signer: signer ? { seeds: toBase64(signer.seeds) } : { entropy: toBase64(person.entropy) },
      device: { sign: toBase64(about.keys.sign), box: toBase64(about.keys.box) },
    });
    person.list = [...person.list, told['entry'] as lists.DeviceEntry];
  } else {
    person.list = [...person.list, entryHere(person, kind, about, signer)];
  }
}

function entryHere(
  person: Person,
  kind: lists.EntryKind,
  about: Owned,
  signer: Owned | null,
): lists.DeviceEntry {
  if (kind === 'removed') return lists.removeDevice(person.root, about.keys, person.list);
  if (!signer) return lists.addDevice(person.root, about.keys, person.list);
  return lists.addDeviceBy(fromBase64(person.account), signer.keys, about.keys, person.list);
}

async function somebody(steps: number): Promise<Person> {
  const entropy = secret(16);
  const root = rootOf(entropy);
  const first = someDevice();
  const list = [lists.addDevice(root, first.keys, [])];
  const person = { entropy, root, account: toBase64(accountId(root)), devices: [first], list };
  for (let step = 0; step < steps; step++) {
    await grow(person, live(person).length > 1 && draw.below(3) === 0 ? 'removed' : 'added');
  }
  return person;
}

const listFault = (member: lists.ClaimedMember): string => {
  try {
    lists.checkMember(member);
    return 'none';
  } catch (fault) {
    if (fault instanceof lists.DeviceListError) return fault.fault;
    throw fault;
  }
};

it('lists grown by turns hold for both, and damaged ones have the same fault', async () => {
  for (let round = 0; round < 40; round++) {
    const person = await somebody(draw.below(6));
    const told = await peer.ask('list', { member: claimed(person) });
    expect(told).toEqual({
      head: toBase64(checked(person).head),
      live: lists.liveAt(checked(person)).map(([id]) => id),
    });
    for (let damage = 0; damage < 5; damage++) {
      const member = structuredClone(claimed(person));
      const entry = draw.oneOf(member.devices) as unknown as Told;
      const field = draw.oneOf(['n', 'prev', 'kind', 'by', 'sign', 'box', 'signature']);
      entry[field] = draw.oneOf([null, 'added', 'removed', 1, text(16), text(32), text(64)]);
      expect((await peer.ask('list', { member }))['fault'] ?? 'none').toBe(listFault(member));
    }
  }
});

function placeAt(people: readonly Person[], space: string): EpochPlace {
  const kind = people.length === 1 ? 'room' : 'shared';
  return { space: fromBase64(space), kind, present: people.map(checked) };
}

it('epochs made by turns hold for both and open for both to the same key', async () => {
  for (let round = 0; round < 40; round++) {
    const people = [await somebody(draw.below(4))];
    if (draw.below(2)) people.push(await somebody(draw.below(4)));
    const space = text(16);
    let before: Epoch | null = null;
    for (let n = 1; n < 4; n++) {
      const [key, author] = [secret(32), draw.oneOf(people.flatMap(live))];
      const place = placeAt(people, space);
      const told = { space, kind: place.kind, members: people.map(claimed), before };
      const asked = {
        ...told,
        key: toBase64(key),
        author: { seeds: toBase64(author.seeds) },
        seed: number(),
      };
      const epoch: Epoch = draw.below(2)
        ? makeEpoch(place, n, key, author.keys)
        : ((await peer.ask('epoch.make', asked))['epoch'] as Epoch);
      expect(epochFault(place, epoch, before)).toBe(null);
      for (const one of people.flatMap(live)) {
        const opened = await peer.ask('epoch.open', {
          ...told,
          epoch,
          reader: { seeds: toBase64(one.seeds) },
        });
        expect(opened['key']).toBe(toBase64(key));
        expect(toBase64(openEpoch(epoch, one.id, one.keys) ?? new Uint8Array())).toBe(toBase64(key));
      }
      before = epoch;
      await grow(draw.oneOf(people), 'added');
    }
  }
});

const boxOf = (boxSeed: Uint8Array) => pairsFromSeeds(boxSeed, boxSeed);

it('invitations of two people are understood alike, with the same four words', async () => {
  for (let round = 0; round < 30; round++) {
    const [ines, jonas] = [await somebody(draw.below(3)), await somebody(0)];
    const [code, boxSeed, nonces] = [secret(16), draw.bytes(32), [draw.bytes(32), draw.bytes(32)] as const];
    const box = boxOf(boxSeed);
    const tells = (who: Person, name: string | null) => {
      const { root_sign, root_box, devices } = claimed(who);
      return { v: 1 as const, root_sign, root_box, devices, device: draw.oneOf(live(who)).id, name };
    };
    const commit = toBase64(invitation.commitTo(nonces[0]));
    const inviter = { ...tells(ines, 'Ines 🌙'), commit, box: toBase64(box.box) };
    const invitee = { ...tells(jonas, draw.oneOf([null, '"Jonas"\n'])), nonce: toBase64(nonces[1]) };
    const told = await peer.ask('invitation', {
      secret: toBase64(code),
      box_seed: toBase64(boxSeed),
      inviter_nonce: toBase64(nonces[0]),
      seed: number(),
      blob: invitation.sealBlob(code, inviter),
      answer: invitation.sealAnswer(code, inviter.box, invitee),
    });
    const T = invitation.transcript(inviter, invitee, ...nonces);
    expect(told['transcript']).toBe(toBase64(T));
    expect(told['words']).toEqual(fourWords(T));
    for (const side of ['inviter', 'invitee'] as const)
      expect(invitation.confirmHolds(code, T, side, String(told[side]))).toBe(true);
    expect(invitation.openBlob(code, sealedIn(told, 'blob'))).toEqual(inviter);
    expect(invitation.openAnswer(code, box, sealedIn(told, 'answer'))).toEqual(invitee);
  }
});

it('invitations of a further device are understood alike, with the handover', async () => {
  for (let round = 0; round < 30; round++) {
    const person = await somebody(draw.below(4));
    const [code, boxSeed, fresh, present] = [
      secret(16),
      draw.bytes(32),
      someDevice(),
      draw.oneOf(live(person)),
    ];
    const [box, nonces] = [boxOf(boxSeed), [draw.bytes(32), draw.bytes(32)] as const];
    const commit = toBase64(invitation.commitTo(nonces[0]));
    const { account, root_sign, root_box, devices } = claimed(person);
    const kind = 'device' as const;
    const blob = {
      v: 1 as const,
      kind,
      account,
      root_sign,
      root_box,
      devices,
      device: present.id,
      commit,
      box: toBase64(box.box),
    };
    const [sign, itsBox] = [toBase64(fresh.keys.sign), toBase64(fresh.keys.box)];
    const answer = {
      v: 1 as const,
      sign,
      box: itsBox,
      nonce: toBase64(nonces[1]),
      name: draw.oneOf([null, 'Küche']),
    };
    const keys = Object.fromEntries([1, 2, 17].map((n) => [String(n), text(32)]));
    const entry = lists.addDeviceBy(fromBase64(account), present.keys, fresh.keys, person.list);
    const handover = { v: 1 as const, room: text(16), keys, entry };
    const told = await peer.ask('device_invitation', {
      secret: toBase64(code),
      box_seed: toBase64(boxSeed),
      new_seeds: toBase64(fresh.seeds),
      seed: number(),
      present_nonce: toBase64(nonces[0]),
      blob: device.sealDeviceBlob(code, blob),
      answer: device.sealDeviceAnswer(code, blob.box, answer),
      handover: device.sealHandover(fresh.keys.box, handover),
    });
    const pairing = { account, root_sign, root_box, head: checked(person).head };
    const T = device.deviceTranscript(pairing, fresh.keys, ...nonces);
    expect(told['words']).toEqual(fourWords(T));
    for (const side of ['inviter', 'invitee'] as const)
      expect(invitation.confirmHolds(code, T, side, String(told[side]))).toBe(true);
    expect(device.openDeviceBlob(code, sealedIn(told, 'blob'))).toEqual(blob);
    expect(device.openDeviceAnswer(code, box, sealedIn(told, 'answer'))).toEqual(answer);
    const opened = device.openHandover(fresh.keys, sealedIn(told, 'handover'));
    expect([opened?.room, opened?.entry]).toEqual([handover.room, entry]);
    for (const [n, key] of opened?.keys ?? []) expect(toBase64(key)).toBe(keys[String(n)]);
    expect(opened?.keys.size).toBe(3);
  }
});

it('typed codes open for both, and mistyped ones have the same fault', async () => {
  for (let round = 0; round < 3; round++) {
    const shown = String((await peer.ask('code.draw', { seed: number() }))['shown']);
    const code = readCode(shown) as TypedCode;
    expect(writeCode(code)).toBe(shown);
    const [origin, inside] = [draw.oneOf(['https://seen.example', 'http://10.0.0.7:8080']), secret(16)];
    const sealed = sealInCode(code, origin, inside);
    const told = await peer.ask('code', { typed: shown.toLowerCase(), origin, sealed, seed: number() });
    expect([told['shown'], told['lookup']]).toEqual([shown, lookupOfCode(code)]);
    expect(toBase64(openWithCode(code, origin, sealedIn(told, 'sealed')) ?? codeKey(code, origin))).toBe(
      toBase64(inside),
    );
  }
  for (let round = 0; round < 500; round++) {
    const code = String((await peer.ask('code.draw', { seed: number() }))['shown']);
    const at = draw.below(code.length);
    const typed =
      code.slice(0, at) +
      draw.oneOf(['', '0', 'z', 'L', 'u', 'É', '-', '  ', 'ſ', '７']) +
      code.slice(at + draw.below(2));
    const here = readCode(typed);
    const there = await peer.ask('code.read', { typed });
    expect(there['fault'] ?? there['shown']).toBe(typeof here === 'string' ? here : writeCode(here));
  }
});
