/** The people, devices and spaces of the vectors, and the entries of their device lists (envelope.md §2, §3). */
import { b64, boxPair, enc, fixed, H, H16, K, sign, signPair, u64 } from './primitives.mjs';

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
  return { name, seeds, sign: signKeys, box: boxKeys, id: H16('device', signKeys.public, boxKeys.public) };
};

export const ines = person('Ines');
export const jonas = person('Jonas');
export const inesPhone = device('Ines phone');
export const inesTablet = device('Ines tablet');
export const inesLaptop = device('Ines laptop');
export const jonasPhone = device('Jonas phone');
export const jonasTablet = device('Jonas tablet');
export const room = fixed('room of Ines', 16);
export const shared = fixed('space of both', 16);
export const roomKey = fixed('key of the room', 32);
export const sharedKey = fixed('key of the space', 32);
export const origin = 'https://seen.example';

/** One entry with any fields: `by` is what it says, `signer` whose key signs. */
export const entryOf = (account, { n, prev, kind, by, signer, device: one }) => {
  const E = enc('seen/1/device-entry', account, u64(n), prev, kind, by, one.sign.public, one.box.public);
  const signature = sign(signer, E);
  const entry = {
    n, prev: prev && b64(prev), kind, by: by && b64(by),
    sign: b64(one.sign.public), box: b64(one.box.public), signature: b64(signature),
  };
  return { entry, hash: H('device-hash', E, signature) };
};

/** Steps are [kind, device] by the root and [kind, device, the device that signs]. */
export const listOf = (owner, steps) => {
  let prev = null;
  return steps.map(([kind, one, by], n) => {
    const signer = by ? by.sign : owner.rootSign;
    const made = entryOf(owner.account, { n, prev, kind, by: by ? by.id : null, signer, device: one });
    prev = made.hash;
    return made;
  });
};

export const added = (one, by) => ['added', one, by];
export const removed = (one, by) => ['removed', one, by];

export const memberOf = (owner, list) => ({
  account: b64(owner.account), root_sign: b64(owner.rootSign.public), root_box: b64(owner.rootBox.public),
  devices: list.map(({ entry }) => entry),
});
