/** records.json: records that open, and records that are refused by name (envelope.md §5). */
import { ines, inesPhone, inesTablet, inesLaptop, jonas, jonasPhone, listOf, added, room, roomKey, shared, sharedKey } from './people.mjs';
import { aeadSeal, b64, bytesOf, enc, fixed, H, K, K16, lp, u64 } from './primitives.mjs';

const padme = (length) => {
  const e = Math.floor(Math.log2(length));
  const s = Math.floor(Math.log2(e)) + 1;
  const step = 2 ** (e - s);
  return Math.ceil(length / step) * step;
};

export const padded = (length, recordClass) => {
  const wanted = recordClass === 'held' ? Math.max(length, 4096) : length;
  return [1024, 4096, 16384].find((size) => wanted <= size) ?? padme(wanted);
};

const authorKeyOf = (space) => K(roomKey, 'author', space);

/** The parts of a record with any fields; `body` is a value or, when it is to be no JSON, bytes. */
const parts = (name, fields) => {
  const { space, recordClass, hold = null, prev = null, account = ines.account, device = inesPhone.id, epoch = 1 } = fields;
  const id = fixed(`id ${name}`, 16);
  const head = {
    space: b64(space), epoch, account: b64(account), device: b64(device), id: b64(id),
    hold: hold && b64(hold), class: recordClass, prev: prev && b64(prev),
  };
  const aad = enc('seen/1/record', space, u64(epoch), account, device, id, hold, recordClass, prev);
  const body = Buffer.isBuffer(fields.body) ? fields.body : bytesOf(JSON.stringify(fields.body));
  return { head, aad, body, tag: K(fields.authorKey ?? authorKeyOf(space), 'tag', aad, body) };
};

const padOut = (content, size) => Buffer.concat([content, Buffer.alloc(size - content.length)]);

const recordCase = (name, fields) => {
  const { head, aad, body, tag } = parts(name, fields);
  const content = Buffer.concat([tag, lp(body)]);
  const nonce = fixed(`nonce ${name}`, 24);
  const sealed = aeadSeal(K(fields.key, 'record'), nonce, aad, padOut(content, padded(content.length, head.class)));
  return { name, head, body: fields.body, epoch_key: b64(fields.key), nonce: b64(nonce), aad: b64(aad),
    tag: b64(tag), sealed: b64(sealed), hash: b64(H('record-hash', aad, sealed)) };
};

const listHead = (count) => {
  const steps = [added(inesPhone), added(inesTablet, inesPhone), added(inesLaptop, inesPhone)].slice(0, count);
  return b64(listOf(ines, steps).at(-1).hash);
};

const cases = () => {
  const own = { space: room, key: roomKey, recordClass: 'durable' };
  const between = { space: shared, key: sharedKey };
  const first = recordCase('first note', { ...own,
    body: { event: { v: 1, type: 'note.kept', text: 'Grüße, ich bin müde 🌙' }, at: 1767225600000, seen: null, head: null } });
  const second = recordCase('second note', { ...own, prev: Buffer.from(first.hash, 'base64url'),
    body: { event: { v: 1, type: 'note.kept', text: 'x'.repeat(2000) }, at: 1767225660000,
      seen: { seq: 1, hash: first.hash }, head: listHead(1) } });
  const long = recordCase('long note', { ...own, prev: Buffer.from(second.hash, 'base64url'), epoch: 2, key: fixed('key of epoch 2', 32),
    body: { event: { v: 1, type: 'note.kept', text: 'y'.repeat(17500) }, at: 1767225720000,
      seen: { seq: 2, hash: second.hash }, head: listHead(2) } });
  const hold = K16(K(sharedKey, 'hold'), 'exchange', u64(0));
  const held = recordCase('held truth', { ...between, recordClass: 'held', hold,
    body: { event: { v: 1, type: 'truth.given', text: 'I was afraid to ask.' }, at: 1767225780000, seen: null, head: listHead(2) } });
  const brief = recordCase('brief offer', { ...between, recordClass: 'brief',
    body: { event: { v: 1, type: 'mirror.offer', n: 7 }, at: 1767225790000, seen: { seq: 3, hash: long.hash }, head: null } });
  return [first, second, long, held, brief];
};

const good = { event: { v: 1, type: 'note.kept', text: 'a' }, at: 1767225600000, seen: null, head: null };
const inRoom = { space: room, key: roomKey, recordClass: 'durable', body: good };

/** Sealed rightly, with `plain` given whole, or with the fields that the tag and the seal are made from. */
const sealedAs = (name, fields, plainOf = ({ tag, body }) => padOut(Buffer.concat([tag, lp(body)]), 1024)) => {
  const made = parts(name, fields);
  const sealed = aeadSeal(K(fields.key, 'record'), fixed(`nonce ${name}`, 24), made.aad, plainOf(made));
  return { head: made.head, sealed };
};

const flipped = (bytes, at) => {
  const other = Buffer.from(bytes);
  other[at] ^= 1;
  return other;
};

const refusal = (name, fault, { head, sealed }, author = authorKeyOf(room)) => ({
  name, refusal: fault, head, sealed: b64(sealed), epoch_key: b64(roomKey), author_key: author && b64(author),
});

const unopened = () => {
  const whole = sealedAs('whole', inRoom);
  const size = whole.sealed.length;
  const elsewhere = (fields) => ({ head: { ...whole.head, ...fields }, sealed: whole.sealed });
  const cut = (count) => ({ head: whole.head, sealed: whole.sealed.subarray(0, count) });
  return [
    ['a changed nonce', { ...whole, sealed: flipped(whole.sealed, 0) }],
    ['a changed first byte', { ...whole, sealed: flipped(whole.sealed, 24) }],
    ['a changed last byte', { ...whole, sealed: flipped(whole.sealed, size - 1) }],
    ['one byte short', cut(size - 1)], ['a nonce alone', cut(24)], ['nothing', cut(0)],
    ['another space', elsewhere({ space: b64(shared) })], ['another epoch', elsewhere({ epoch: 2 })],
    ['another account', elsewhere({ account: b64(jonas.account) })],
    ['another device', elsewhere({ device: b64(inesTablet.id) })],
    ['another id', elsewhere({ id: b64(fixed('another id', 16)) })],
    ['another class', elsewhere({ class: 'brief' })],
    ['a prev put in', elsewhere({ prev: b64(fixed('a prev', 32)) })],
    ['a hold put in', elsewhere({ hold: b64(fixed('a hold', 16)) })],
    ['another key', sealedAs('another key', { ...inRoom, key: sharedKey })],
  ].map(([name, record]) => refusal(name, 'cannot_open', record));
};

const badlyPadded = () => {
  const content = ({ tag, body }) => Buffer.concat([tag, lp(body)]);
  const lengthOf = (n) => ({ tag, body }) => {
    const plain = padOut(Buffer.concat([tag, lp(body)]), 1024);
    plain.writeUInt32BE(n, 32);
    return plain;
  };
  return [
    ['a size that is no class', inRoom, (made) => padOut(content(made), 1025)],
    ['no padding at all', inRoom, content],
    ['a held one of 1 KiB', { ...inRoom, recordClass: 'held', hold: fixed('a hold', 16) }, undefined],
    ['a last byte that is not zero', inRoom, (made) => flipped(padOut(content(made), 1024), 1023)],
    ['a first byte that is not zero', inRoom, (made) => flipped(padOut(content(made), 1024), content(made).length)],
    ['a length past the end', inRoom, lengthOf(1024)],
    ['a length past every end', inRoom, lengthOf(0xffffffff)],
    ['too short for a tag', inRoom, ({ tag }) => tag.subarray(0, 8)],
    ['empty', inRoom, () => Buffer.alloc(0)],
  ].map(([name, fields, plain]) => refusal(name, 'bad_padding', sealedAs(name, fields, plain)));
};

const bodies = () => [
  ['no JSON', bytesOf('{"event":{}')], ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])], ['an empty body', bytesOf('')],
  ['a list', []], ['no event', { at: 1, seen: null, head: null }],
  ['an event that is a list', { ...good, event: [] }], ['an event that is a text', { ...good, event: 'x' }],
  ['no time', { event: {}, seen: null, head: null }], ['a time that is a text', { ...good, at: '1' }],
  ['a time that is not whole', { ...good, at: 1.5 }], ['a seen that is a number', { ...good, seen: 1 }],
  ['a seen without hash', { ...good, seen: { seq: 1 } }],
  ['a seen below nothing', { ...good, seen: { seq: -1, hash: b64(fixed('h', 32)) } }],
  ['a seen with half a hash', { ...good, seen: { seq: 1, hash: b64(fixed('h', 16)) } }],
  ['a head that is no hash', { ...good, head: 'x' }], ['a head that is a number', { ...good, head: 7 }],
].map(([name, body]) => refusal(name, 'bad_body', sealedAs(name, { ...inRoom, body })));

const notMine = () => [
  refusal('words put into my mouth', 'not_mine',
    sealedAs('words put into my mouth', { ...inRoom, authorKey: K(sharedKey, 'author', room) })),
  refusal('a tag of another space', 'not_mine',
    sealedAs('a tag of another space', { ...inRoom, authorKey: authorKeyOf(shared) })),
  refusal('a tag of nothing', 'not_mine',
    sealedAs('a tag of nothing', inRoom, ({ body }) => padOut(Buffer.concat([Buffer.alloc(32), lp(body)]), 1024))),
  refusal('not mine comes before a bad body', 'not_mine',
    sealedAs('not mine comes before a bad body', { ...inRoom, body: [], authorKey: authorKeyOf(shared) })),
];

/** A tag is not looked at when the record is the other's: nobody but the author has its key. */
const others = () => {
  const record = sealedAs('by the other', { ...inRoom, account: jonas.account, device: jonasPhone.id,
    authorKey: fixed('author key of Jonas', 32) });
  return { name: 'by the other', head: record.head, sealed: b64(record.sealed), epoch_key: b64(roomKey), body: good };
};

export const records = () => ({
  room_key: b64(roomKey), cases: cases(), by_the_other: others(),
  refused: [...unopened(), ...badlyPadded(), ...bodies(), ...notMine()],
});

export const sizes = () => {
  const lengths = [1, 36, 1023, 1024, 1025, 4095, 4096, 4097, 16383, 16384, 16385, 16896, 17000, 17408, 17409, 20000,
    32767, 32768, 32769, 40000, 65535, 65536, 65537, 100000, 131072, 131073, 160000];
  return lengths.map((length) => ({
    length, durable: padded(length, 'durable'), held: padded(length, 'held'), brief: padded(length, 'brief'),
  }));
};
