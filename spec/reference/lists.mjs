/** lists.json: device lists that hold, and device lists that are refused by name (envelope.md §3). */
import {
  added, entryOf, ines, inesLaptop, inesPhone, inesTablet, jonas, jonasPhone, listOf, memberOf, removed,
} from './people.mjs';
import { b64 } from './primitives.mjs';

const good = (name, steps, known = 0) => {
  const list = listOf(ines, steps);
  const gone = steps.filter(([kind]) => kind === 'removed').map(([, one]) => one);
  const live = steps.filter(([kind, one]) => kind === 'added' && !gone.includes(one)).map(([, one]) => one);
  const member = memberOf(ines, list);
  return {
    name, known: known === 0 ? null : member.devices.slice(0, known), member,
    hashes: list.map(({ hash }) => b64(hash)), live: live.map(({ id }) => b64(id)),
    removed: gone.map(({ id }) => b64(id)),
  };
};

const goodLists = () => [
  good('one device', [added(inesPhone)]),
  good('two devices by the root', [added(inesPhone), added(inesTablet)]),
  good('a device that a device has added', [added(inesPhone), added(inesTablet, inesPhone)]),
  good('a removed device', [added(inesPhone), added(inesTablet, inesPhone), removed(inesPhone)]),
  good('what a removed device had added stays',
    [added(inesPhone), added(inesTablet, inesPhone), added(inesLaptop, inesTablet), removed(inesTablet)]),
  good('a device added after a removal',
    [added(inesPhone), added(inesTablet, inesPhone), removed(inesPhone), added(inesLaptop, inesTablet)]),
  good('a list that has grown',
    [added(inesPhone), added(inesTablet, inesPhone), removed(inesPhone), added(inesLaptop, inesTablet)], 2),
];

const two = () => listOf(ines, [added(inesPhone), added(inesTablet, inesPhone)]);

/** `two` with one more entry whose fields are given. */
const third = (fields) => {
  const list = two();
  const own = { n: 2, prev: list[1].hash, kind: 'added', by: null, signer: ines.rootSign, device: inesLaptop };
  return [...list, entryOf(ines.account, { ...own, ...fields })];
};

/** `two` as JSON, with fields of the entry at `at` overwritten: signatures are those of before. */
const changed = (at, fields) => {
  const member = memberOf(ines, two());
  member.devices = member.devices.map((entry, n) => (n === at ? { ...entry, ...fields } : entry));
  return member;
};

const first = (fields) => [
  entryOf(ines.account,
    { n: 0, prev: null, kind: 'added', by: null, signer: ines.rootSign, device: inesPhone, ...fields }),
];

const without = (member, field) => {
  member.devices = member.devices.map((entry) => {
    const { [field]: _, ...rest } = entry;
    return rest;
  });
  return member;
};

const shapes = () => [
  ['no entry at all', 'shape', memberOf(ines, [])],
  ['entries that do not say who signed', 'shape', without(memberOf(ines, two()), 'by')],
  ['a kind that there is not', 'shape', changed(1, { kind: 'paused' })],
  ['a signature that is too short', 'shape', changed(1, { signature: two()[1].entry.signature.slice(0, 84) })],
  ['letters that are not base64url', 'shape', changed(1, { sign: `${'+'.repeat(42)}A` })],
  ['base64 with padding', 'shape', changed(0, { box: `${two()[0].entry.box}=` })],
  ['last bits that no bytes have', 'shape', changed(1, { by: `${two()[1].entry.by.slice(0, 21)}B` })],
  ['a number that is not whole', 'shape', changed(1, { n: 1.5 })],
  ['a number that is a text', 'shape', changed(1, { n: '1' })],
];

const chains = () => [
  ['the id of another account', 'account_id', { ...memberOf(ines, two()), account: b64(jonas.account) }],
  ['the root of another', 'account_id',
    { ...memberOf(ines, two()), root_sign: b64(jonas.rootSign.public) }],
  ['counting from one', 'numbering', memberOf(ines, first({ n: 1 }))],
  ['a gap in the counting', 'numbering', memberOf(ines, third({ n: 3 }))],
  ['the same number twice', 'numbering', memberOf(ines, third({ n: 1 }))],
  ['a first entry with a prev', 'prev', memberOf(ines, first({ prev: two()[0].hash }))],
  ['a second entry without a prev', 'prev', changed(1, { prev: null })],
  ['a prev that skips an entry', 'prev', memberOf(ines, third({ prev: two()[0].hash }))],
  ['an entry cut out', 'numbering', memberOf(ines, third({}).filter((_, at) => at !== 1))],
];

const signers = () => [
  ['a first entry by a device', 'first', memberOf(ines, first({ by: inesPhone.id, signer: inesPhone.sign }))],
  ['a first entry that removes', 'first', memberOf(ines, first({ kind: 'removed' }))],
  ['a thief removes the owner', 'removed_by_device',
    memberOf(ines, third({ kind: 'removed', by: inesTablet.id, signer: inesTablet.sign, device: inesPhone }))],
  ['a device removes itself', 'removed_by_device',
    memberOf(ines, third({ kind: 'removed', by: inesTablet.id, signer: inesTablet.sign, device: inesTablet }))],
  ['signed by a device on no list', 'unknown_signer',
    memberOf(ines, third({ by: jonasPhone.id, signer: jonasPhone.sign }))],
  ['a device adds itself', 'unknown_signer',
    memberOf(ines, third({ by: inesLaptop.id, signer: inesLaptop.sign }))],
  ['a removed device adds another', 'removed_signer', memberOf(ines, listOf(ines,
    [added(inesPhone), added(inesTablet), removed(inesPhone), added(inesLaptop, inesPhone)]))],
  ['a device signs in the name of the root', 'signature', memberOf(ines, third({ signer: inesPhone.sign }))],
  ['the root signs in the name of a device', 'signature', memberOf(ines, third({ by: inesPhone.id }))],
  ['one device signs in the name of another', 'signature',
    memberOf(ines, third({ by: inesPhone.id, signer: inesTablet.sign }))],
  ['another person signs', 'signature', memberOf(ines, third({ signer: jonas.rootSign }))],
  ['another key under an old signature', 'signature', changed(1, { box: b64(inesLaptop.box.public) })],
  ['another signer under an old signature', 'signature', changed(1, { by: null })],
];

const devices = () => [
  ['a device added twice', 'added_twice', memberOf(ines, third({ device: inesTablet }))],
  ['a removed device added again', 'added_twice', memberOf(ines, listOf(ines,
    [added(inesPhone), added(inesTablet), removed(inesTablet), added(inesTablet)]))],
  ['removing a device that was never there', 'unknown_device', memberOf(ines, third({ kind: 'removed' }))],
  ['removing a device twice', 'unknown_device', memberOf(ines, listOf(ines,
    [added(inesPhone), added(inesTablet), removed(inesTablet), removed(inesTablet)]))],
  ['removing the last device', 'none_left', memberOf(ines, listOf(ines, [added(inesPhone), removed(inesPhone)]))],
];

const rewritten = () => {
  const known = two().map(({ entry }) => entry);
  const other = (steps) => memberOf(ines, listOf(ines, steps));
  return [
    ['a list that has become shorter', other([added(inesPhone)])],
    ['a list with another second entry', other([added(inesPhone), added(inesLaptop, inesPhone)])],
    ['the same devices by another signer', other([added(inesPhone), added(inesTablet)])],
  ].map(([name, member]) => ({ name, fault: 'rewritten', known, member }));
};

export const lists = () => ({
  good: goodLists(),
  refused: [
    ...[...shapes(), ...chains(), ...signers(), ...devices()]
      .map(([name, fault, member]) => ({ name, fault, known: null, member })),
    ...rewritten(),
  ],
});
