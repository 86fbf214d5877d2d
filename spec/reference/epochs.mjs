/** epochs.json: epochs that hold, and epochs that are refused by name (envelope.md §4). */
import {
  added, ines, inesLaptop, inesPhone, inesTablet, jonas, jonasPhone, jonasTablet, listOf, memberOf, removed, room,
  shared,
} from './people.mjs';
import { b64, enc, fixed, sealToBox, sign, u64 } from './primitives.mjs';

const toDevice = (one) => ({ id: one.id, box: one.box.public, name: one.name });
const toRoot = (owner) => ({ id: owner.account, box: owner.rootBox.public, name: `${owner.name} root` });

/** An epoch with any fields. `heads` are [person, hash]; `signer` signs for `author`. */
export const epochOf = ({ space, n, key, author, signer = author, heads, to }) => {
  const sealed = to.map(({ id, box, name }) => ({
    to: id, box: sealToBox(key, box, fixed(`ephemeral ${name} ${n}`, 32)),
  }));
  const signature = sign(signer.sign, enc(
    'seen/1/epoch', space, u64(n), author.id,
    enc(...heads.flatMap(([owner, head]) => [owner.account, head])),
    enc(...sealed.flatMap(({ to: id, box }) => [id, box])),
  ));
  return {
    n, device: b64(author.id), heads: heads.map(([owner, head]) => ({ account: b64(owner.account), head: b64(head) })),
    sealed: sealed.map(({ to: id, box }) => ({ to: b64(id), box: b64(box) })), signature: b64(signature),
  };
};

/** What roomEpoch draws for its two boxes. */
export const roomEphemerals = () =>
  [inesPhone.name, `${ines.name} root`].map((name) => b64(fixed(`ephemeral ${name} 1`, 32)));

export const roomEpoch = (key, list) =>
  epochOf({ space: room, n: 1, key, author: inesPhone, heads: [[ines, list[0].hash]],
    to: [toDevice(inesPhone), toRoot(ines)] });

const inesList = listOf(ines,
  [added(inesPhone), added(inesTablet, inesPhone), removed(inesPhone), added(inesLaptop, inesTablet)]);
const jonasList = listOf(jonas, [added(jonasPhone), added(jonasTablet, jonasPhone)]);
const upTo = (list, count) => list.slice(0, count);
const inesHead = (count) => [ines, inesList[count - 1].hash];
const jonasHead = (count) => [jonas, jonasList[count - 1].hash];
const keyOf = (n) => fixed(`key of epoch ${n}`, 32);

const member = (owner, list, left = false) => ({ ...memberOf(owner, list), left });
const bothNow = () => [member(ines, inesList), member(jonas, jonasList)];
const onlyInes = (count = 4) => [member(ines, upTo(inesList, count))];

const firstOfBoth = () => epochOf({ space: shared, n: 1, key: keyOf(1), author: inesPhone,
  heads: [inesHead(2), jonasHead(1)], to: [inesPhone, inesTablet, jonasPhone].map(toDevice) });

/** The one after Ines' phone has been removed; every refused one below is this with one thing wrong. */
const second = { space: shared, n: 2, key: keyOf(2), author: inesTablet, heads: [inesHead(3), jonasHead(2)],
  to: [inesTablet, jonasPhone, jonasTablet].map(toDevice) };
const roomSecond = { space: room, n: 2, key: keyOf(2), author: inesTablet, heads: [inesHead(3)],
  to: [toDevice(inesTablet), toRoot(ines)] };

const inRoom = (name, members, before, epoch, key) =>
  ({ name, space: b64(room), kind: 'room', members, before, epoch, key: b64(key) });
const between = (name, members, before, epoch, key) =>
  ({ name, space: b64(shared), kind: 'shared', members, before, epoch, key: b64(key) });

const good = () => {
  const roomFirst = roomEpoch(keyOf(1), inesList);
  const third = { ...second, n: 3, key: keyOf(3), heads: [inesHead(4), jonasHead(2)],
    to: [inesTablet, inesLaptop, jonasPhone, jonasTablet].map(toDevice) };
  const alone = { ...second, n: 3, key: keyOf(3), heads: [inesHead(4)], to: [inesTablet, inesLaptop].map(toDevice) };
  return [
    inRoom('the first of a room', onlyInes(1), null, roomFirst, keyOf(1)),
    inRoom('a room after a removal', onlyInes(), roomFirst, epochOf(roomSecond), keyOf(2)),
    between('the first of two', bothNow(), null, firstOfBoth(), keyOf(1)),
    between('after a removal', bothNow(), firstOfBoth(), epochOf(second), keyOf(2)),
    between('in another order of recipients', bothNow(), firstOfBoth(),
      epochOf({ ...second, to: second.to.toReversed() }), keyOf(2)),
    between('a year later, with a device more', bothNow(), epochOf(second), epochOf(third), keyOf(3)),
    between('after one has left', [member(ines, inesList), member(jonas, jonasList, true)],
      epochOf(second), epochOf(alone), keyOf(3)),
  ];
};

const wrongFields = () => [
  ['a number left out', 'numbering', { n: 3 }],
  ['the same number again', 'numbering', { n: 1 }],
  ['without the other', 'members', { heads: [inesHead(3)], to: [toDevice(inesTablet)] }],
  ['in the wrong order of joining', 'members', { heads: [jonasHead(2), inesHead(3)] }],
  ['one member twice', 'members', { heads: [inesHead(3), inesHead(3)] }],
  ['a head that is on no list', 'unknown_head', { heads: [[ines, fixed('no head', 32)], jonasHead(2)] }],
  ['the head of the other', 'unknown_head', { heads: [[ines, jonasList[1].hash], jonasHead(2)] }],
  ['a head from before the epoch before', 'older_head',
    { heads: [inesHead(1), jonasHead(2)], author: inesPhone, to: [inesPhone, jonasPhone, jonasTablet].map(toDevice) }],
  ['by a device on no list', 'unknown_device', { author: { ...inesLaptop, id: fixed('no device', 16) } }],
  ['by a device that is listed only after the head', 'unknown_device', { author: inesLaptop }],
  ['by the removed device', 'removed_device', { author: inesPhone }],
  ['signed by another device', 'signature', { signer: jonasPhone }],
  ['still to the removed device', 'recipients', { to: [inesPhone, ...[inesTablet, jonasPhone, jonasTablet]].map(toDevice) }],
  ['not to a device that is live', 'recipients', { to: [inesTablet, jonasPhone].map(toDevice) }],
  ['to one device twice', 'recipients', { to: [inesTablet, jonasPhone, jonasPhone, jonasTablet].map(toDevice) }],
  ['to a device that is listed only after the head', 'recipients',
    { to: [inesTablet, inesLaptop, jonasPhone, jonasTablet].map(toDevice) }],
  ['to a root, between two', 'recipients', { to: [...second.to, toRoot(ines)] }],
];

const wrongShapes = () => {
  const whole = epochOf(second);
  const { heads: _, ...headless } = whole;
  return [
    ['without heads', headless],
    ['heads that are no list', { ...whole, heads: whole.heads[0] }],
    ['a box that is too short', { ...whole, sealed: [{ ...whole.sealed[0], box: 'AAAA' }, ...whole.sealed.slice(1)] }],
    ['sealed to nobody', { ...whole, sealed: [] }],
    ['a number that is not whole', { ...whole, n: 2.5 }],
    ['a device that is no id', { ...whole, device: whole.device.slice(1) }],
  ];
};

const changedAfterSigning = () => {
  const whole = epochOf(second);
  const swapped = [{ ...whole.sealed[0], box: whole.sealed[1].box }, ...whole.sealed.slice(1)];
  return [
    ['boxes exchanged after signing', { ...whole, sealed: swapped }],
    ['a head moved on after signing',
      { ...whole, heads: [whole.heads[0], { ...whole.heads[1], head: b64(jonasList[0].hash) }] }],
    ['another space', epochOf({ ...second, space: room })],
  ];
};

const refused = () => {
  const refuse = (name, fault, epoch, members = bothNow()) =>
    ({ ...between(name, members, firstOfBoth(), epoch, keyOf(2)), fault });
  const roomFault = (name, fault, fields) => ({
    ...inRoom(name, onlyInes(), roomEpoch(keyOf(1), inesList), epochOf({ ...roomSecond, ...fields }), keyOf(2)), fault,
  });
  return [
    ...wrongShapes().map(([name, epoch]) => refuse(name, 'shape', epoch)),
    ...wrongFields().map(([name, fault, fields]) => refuse(name, fault, epochOf({ ...second, ...fields }))),
    ...changedAfterSigning().map(([name, epoch]) => refuse(name, 'signature', epoch)),
    refuse('with one who has left', 'members', epochOf(second),
      [member(ines, inesList), member(jonas, jonasList, true)]),
    roomFault('a room without its root', 'recipients', { to: [toDevice(inesTablet)] }),
    roomFault('a room open to another', 'recipients', { to: [toDevice(inesTablet), toRoot(ines), toDevice(jonasPhone)] }),
    roomFault('a room with another member', 'members', { heads: [inesHead(3), jonasHead(2)] }),
  ];
};

export const epochs = () => ({
  devices: [inesPhone, inesTablet, inesLaptop, jonasPhone, jonasTablet]
    .map((one) => ({ id: b64(one.id), seeds: b64(one.seeds) })),
  roots: [ines, jonas].map((one) => ({ account: b64(one.account), entropy: b64(one.entropy) })),
  good: good(), refused: refused(),
});
