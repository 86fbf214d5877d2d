/**
 * Makes spec/vectors/*.json from fixed seeds. Run `npm run vectors` in web/, or this file with Node.
 * Written from envelope.md alone; nothing of the app is used. The files must not change unless envelope.md does.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import {
  aeadSeal, b64, boxPair, bytesOf, enc, fixed, fourWords, H, H16, K, K16, lp, phraseOf, sealToBox, sign, signPair, u64,
} from './primitives.mjs';

const person = (name) => {
  const entropy = fixed(`${name} entropy`, 16);
  const rootSign = signPair(K(entropy, 'root-sign'));
  const rootBox = boxPair(K(entropy, 'root-box'));
  return { name, entropy, rootSign, rootBox, account: H16('account', rootSign.public, rootBox.public) };
};

const device = (name) => {
  const seeds = fixed(`${name} seeds`, 64);
  const signKeys = signPair(seeds.subarray(0, 32));
  const boxKeys = boxPair(seeds.subarray(32));
  return { seeds, sign: signKeys, box: boxKeys, id: H16('device', signKeys.public, boxKeys.public) };
};

const deviceList = (owner, devices) => {
  let prev = null;
  return devices.map((one, n) => {
    const E = enc('seen/1/device-entry', owner.account, u64(n), prev, 'added', one.sign.public, one.box.public);
    const signature = sign(owner.rootSign, E);
    const entry = {
      n, prev: prev && b64(prev), kind: 'added',
      sign: b64(one.sign.public), box: b64(one.box.public), signature: b64(signature),
    };
    prev = H('device-hash', E, signature);
    return { entry, hash: prev };
  });
};

const epochOf = (space, n, key, author, head, recipients) => {
  const sealed = recipients.map(({ id, box, name }) => ({
    to: id, box: sealToBox(key, box, fixed(`ephemeral ${name}`, 32)),
  }));
  const inner = enc(...sealed.flatMap(({ to, box }) => [to, box]));
  const signature = sign(author.sign, enc('seen/1/epoch', space, u64(n), author.id, head, inner));
  return {
    n, device: b64(author.id), head: b64(head),
    sealed: sealed.map(({ to, box }) => ({ to: b64(to), box: b64(box) })), signature: b64(signature),
  };
};

const padme = (length) => {
  const e = Math.floor(Math.log2(length));
  const s = Math.floor(Math.log2(e)) + 1;
  const step = 2 ** (e - s);
  return Math.ceil(length / step) * step;
};

const padded = (length, recordClass) => {
  const wanted = recordClass === 'held' ? Math.max(length, 4096) : length;
  return [1024, 4096, 16384].find((size) => wanted <= size) ?? padme(wanted);
};

const ines = person('Ines');
const jonas = person('Jonas');
const inesPhone = device('Ines phone');
const inesTablet = device('Ines tablet');
const jonasPhone = device('Jonas phone');
const room = fixed('room of Ines', 16);
const shared = fixed('space of both', 16);
const roomKey = fixed('key of the room', 32);
const sharedKey = fixed('key of the space', 32);

const keys = () => {
  const list = deviceList(ines, [inesPhone, inesTablet]);
  const recipients = [
    { id: inesPhone.id, box: inesPhone.box.public, name: 'device' },
    { id: ines.account, box: ines.rootBox.public, name: 'root' },
  ];
  const challenge = { nonce: b64(fixed('challenge', 32)), expires: 1893456000000 };
  const signIn = (who) =>
    enc('seen/1/sign-in', 'https://seen.example', ines.account, who, u64(challenge.expires), fixed('challenge', 32));
  return {
    entropy: b64(ines.entropy), phrase: phraseOf(ines.entropy),
    root_sign: b64(ines.rootSign.public), root_box: b64(ines.rootBox.public), account: b64(ines.account),
    devices: [inesPhone, inesTablet].map((one) => ({
      seeds: b64(one.seeds), sign: b64(one.sign.public), box: b64(one.box.public), id: b64(one.id),
    })),
    list: list.map(({ entry }) => entry), list_hashes: list.map(({ hash }) => b64(hash)),
    epoch: {
      space: b64(room), key: b64(roomKey),
      wire: epochOf(room, 1, roomKey, inesPhone, list[0].hash, recipients),
    },
    derived: {
      record_key: b64(K(roomKey, 'record')), hold_key: b64(K(sharedKey, 'hold')),
      author_key: b64(K(roomKey, 'author', shared)), shared_key: b64(sharedKey), shared: b64(shared),
    },
    sign_in: {
      origin: 'https://seen.example', challenge,
      by_device: b64(sign(inesPhone.sign, signIn(inesPhone.id))), by_root: b64(sign(ines.rootSign, signIn('root'))),
    },
  };
};

const recordCase = (name, fields, body) => {
  const head = {
    space: b64(fields.space), epoch: 1, account: b64(ines.account), device: b64(inesPhone.id),
    id: b64(fixed(`id ${name}`, 16)), hold: fields.hold && b64(fields.hold), class: fields.class,
    prev: fields.prev && b64(fields.prev),
  };
  const aad = enc(
    'seen/1/record', fields.space, u64(1), ines.account, inesPhone.id, fixed(`id ${name}`, 16),
    fields.hold, fields.class, fields.prev,
  );
  const bodyBytes = bytesOf(JSON.stringify(body));
  const tag = K(K(roomKey, 'author', fields.space), 'tag', aad, bodyBytes);
  const content = Buffer.concat([tag, lp(bodyBytes)]);
  const plain = Buffer.concat([content, Buffer.alloc(padded(content.length, fields.class) - content.length)]);
  const nonce = fixed(`nonce ${name}`, 24);
  const sealed = aeadSeal(K(fields.key, 'record'), nonce, aad, plain);
  const hash = H('record-hash', aad, sealed);
  return { name, head, body, epoch_key: b64(fields.key), nonce: b64(nonce), aad: b64(aad),
    tag: b64(tag), sealed: b64(sealed), hash: b64(hash) };
};

const records = () => {
  const own = { space: room, key: roomKey, class: 'durable', hold: null };
  const first = recordCase('first note', { ...own, prev: null },
    { event: { v: 1, type: 'note.kept', text: 'Grüße, ich bin müde 🌙' }, at: 1767225600000, seen: null });
  const second = recordCase('second note', { ...own, prev: Buffer.from(first.hash, 'base64url') },
    { event: { v: 1, type: 'note.kept', text: 'x'.repeat(2000) }, at: 1767225660000,
      seen: { seq: 1, hash: first.hash } });
  const long = recordCase('long note', { ...own, prev: Buffer.from(second.hash, 'base64url') },
    { event: { v: 1, type: 'note.kept', text: 'y'.repeat(17500) }, at: 1767225720000,
      seen: { seq: 2, hash: second.hash } });
  const hold = K16(K(sharedKey, 'hold'), 'exchange', u64(0));
  const held = recordCase('held truth', { space: shared, key: sharedKey, class: 'held', hold, prev: null },
    { event: { v: 1, type: 'truth.given', text: 'I was afraid to ask.' }, at: 1767225780000, seen: null });
  return { room_key: b64(roomKey), cases: [first, second, long, held] };
};

const invitation = () => {
  const secret = fixed('invitation secret', 16);
  const lookup = K16(secret, 'invite-lookup');
  const box = { seed: fixed('invitation box', 32), ...boxPair(fixed('invitation box', 32)) };
  const nonces = { inviter: fixed('inviter nonce', 32), invitee: fixed('invitee nonce', 32) };
  const seal = (label, x) =>
    aeadSeal(K(secret, label), fixed(`nonce ${label}`, 24), enc(`seen/1/${label}`, lookup), bytesOf(x));
  const introduction = (who, phone) => ({
    v: 1, root_sign: b64(who.rootSign.public), root_box: b64(who.rootBox.public),
    devices: deviceList(who, [phone]).map(({ entry }) => entry), device: b64(phone.id), name: who.name,
  });
  const commit = H('invite-commit', nonces.inviter);
  const inviter = { ...introduction(ines, inesPhone), commit: b64(commit), box: b64(box.public) };
  const invitee = { ...introduction(jonas, jonasPhone), nonce: b64(nonces.invitee) };
  const T = H('invite-transcript', ines.rootSign.public, ines.rootBox.public,
    jonas.rootSign.public, jonas.rootBox.public, nonces.inviter, nonces.invitee);
  const boxed = sealToBox(JSON.stringify(invitee), box.public, fixed('ephemeral answer', 32));
  return {
    secret: b64(secret), link: `https://seen.example/#join=${b64(secret)}`, lookup: b64(lookup),
    accounts: { inviter: b64(ines.account), invitee: b64(jonas.account) },
    inviter_nonce: b64(nonces.inviter), invitee_nonce: b64(nonces.invitee), commit: b64(commit),
    box_seed: b64(box.seed), box: b64(box.public), inviter, invitee,
    seal_nonces: Object.fromEntries(
      ['invite-blob', 'invite-answer', 'invite-reveal'].map((label) => [label, b64(fixed(`nonce ${label}`, 24))]),
    ),
    blob: b64(seal('invite-blob', JSON.stringify(inviter))), answer: b64(seal('invite-answer', boxed)),
    reveal: b64(seal('invite-reveal', nonces.inviter)),
    transcript: b64(T), words: fourWords(T),
    confirm: { inviter: b64(K(secret, 'invite-confirm', T, 'inviter')),
      invitee: b64(K(secret, 'invite-confirm', T, 'invitee')) },
  };
};

const sizes = () => {
  const lengths = [1, 36, 1023, 1024, 1025, 4095, 4096, 4097, 16383, 16384, 16385, 16896, 17000, 17408, 17409, 20000,
    32767, 32768, 32769, 40000, 65535, 65536, 65537, 100000, 131072, 131073, 160000];
  return lengths.map((length) => ({ length, durable: padded(length, 'durable'), held: padded(length, 'held') }));
};

const holds = () => ({
  first_epoch_key: b64(sharedKey),
  cases: [0, 1, 2, 255, 256, 65536, 4294967296].map((counter) => ({
    counter, hold: b64(K16(K(sharedKey, 'hold'), 'exchange', u64(counter))),
  })),
});

const folder = new URL('../vectors/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, make] of Object.entries({ keys, records, invitation, sizes, holds })) {
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(make(), null, 2)}\n`);
}
