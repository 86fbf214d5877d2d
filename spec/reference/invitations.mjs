/** invitation.json and device_invitation.json (envelope.md §7, §8). */
import {
  added, ines, inesPhone, inesTablet, jonas, jonasPhone, listOf, memberOf, origin, room,
} from './people.mjs';
import { aeadSeal, b64, boxPair, bytesOf, enc, fixed, fourWords, H, K, K16, sealToBox } from './primitives.mjs';

const sealLabels = ['invite-blob', 'invite-answer', 'invite-reveal'];

/** What both kinds have: the secret, its lookup and seals, the pair made for this invitation alone, the nonces. */
const beginning = (name) => {
  const secret = fixed(`${name} secret`, 16);
  const lookup = K16(secret, 'invite-lookup');
  const nonces = name === 'invitation' ? ['inviter nonce', 'invitee nonce'] : ['present nonce', 'new nonce'];
  const nonceOf = (label) => fixed(name === 'invitation' ? `nonce ${label}` : `${name} nonce ${label}`, 24);
  return {
    secret, lookup, box: { seed: fixed(`${name} box`, 32), ...boxPair(fixed(`${name} box`, 32)) },
    nonces: nonces.map((one) => fixed(one, 32)),
    seal: (label, x) => aeadSeal(K(secret, label), nonceOf(label), enc(`seen/1/${label}`, lookup), bytesOf(x)),
    sealNonces: Object.fromEntries(sealLabels.map((label) => [label, b64(nonceOf(label))])),
    confirm: (T) => ({ inviter: b64(K(secret, 'invite-confirm', T, 'inviter')),
      invitee: b64(K(secret, 'invite-confirm', T, 'invitee')) }),
  };
};

const introduction = (who, phone) => {
  const { root_sign, root_box, devices } = memberOf(who, listOf(who, [added(phone)]));
  return { v: 1, root_sign, root_box, devices, device: b64(phone.id), name: who.name };
};

export const invitation = () => {
  const { secret, lookup, box, nonces: [inviterNonce, inviteeNonce], seal, sealNonces, confirm } = beginning('invitation');
  const commit = H('invite-commit', inviterNonce);
  const inviter = { ...introduction(ines, inesPhone), commit: b64(commit), box: b64(box.public) };
  const invitee = { ...introduction(jonas, jonasPhone), nonce: b64(inviteeNonce) };
  const T = H('invite-transcript', ines.rootSign.public, ines.rootBox.public,
    jonas.rootSign.public, jonas.rootBox.public, inviterNonce, inviteeNonce);
  const boxed = sealToBox(JSON.stringify(invitee), box.public, fixed('ephemeral answer', 32));
  return {
    secret: b64(secret), link: `${origin}/#join=${b64(secret)}`, lookup: b64(lookup),
    accounts: { inviter: b64(ines.account), invitee: b64(jonas.account) },
    inviter_nonce: b64(inviterNonce), invitee_nonce: b64(inviteeNonce), commit: b64(commit),
    box_seed: b64(box.seed), box: b64(box.public), inviter, invitee, seal_nonces: sealNonces,
    ephemeral: b64(fixed('ephemeral answer', 32)),
    blob: b64(seal('invite-blob', JSON.stringify(inviter))), answer: b64(seal('invite-answer', boxed)),
    reveal: b64(seal('invite-reveal', inviterNonce)),
    transcript: b64(T), words: fourWords(T), confirm: confirm(T),
  };
};

export const device_invitation = () => {
  const { secret, lookup, box, nonces: [presentNonce, newNonce], seal, sealNonces, confirm } = beginning('device invitation');
  const before = listOf(ines, [added(inesPhone)]);
  const after = listOf(ines, [added(inesPhone), added(inesTablet, inesPhone)]);
  const { account, root_sign, root_box, devices } = memberOf(ines, before);
  const commit = H('invite-commit', presentNonce);
  const present = { v: 1, kind: 'device', account, root_sign, root_box, devices, device: b64(inesPhone.id),
    commit: b64(commit), box: b64(box.public) };
  const fresh = { v: 1, sign: b64(inesTablet.sign.public), box: b64(inesTablet.box.public), nonce: b64(newNonce),
    name: 'Tablet in the kitchen' };
  const T = H('device-transcript', ines.account, ines.rootSign.public, ines.rootBox.public, before[0].hash,
    inesTablet.sign.public, inesTablet.box.public, presentNonce, newNonce);
  const boxed = sealToBox(JSON.stringify(fresh), box.public, fixed('ephemeral device answer', 32));
  const handover = { v: 1, room: b64(room), keys: { 1: b64(fixed('key of epoch 1', 32)), 2: b64(fixed('key of epoch 2', 32)) },
    entry: after[1].entry };
  return {
    secret: b64(secret), link: `${origin}/#device=${b64(secret)}`, lookup: b64(lookup),
    present_nonce: b64(presentNonce), new_nonce: b64(newNonce), commit: b64(commit),
    box_seed: b64(box.seed), box: b64(box.public), present, new: fresh, new_seeds: b64(inesTablet.seeds),
    head: b64(before[0].hash), seal_nonces: sealNonces, ephemeral: b64(fixed('ephemeral device answer', 32)),
    blob: b64(seal('invite-blob', JSON.stringify(present))), answer: b64(seal('invite-answer', boxed)),
    reveal: b64(seal('invite-reveal', presentNonce)),
    transcript: b64(T), words: fourWords(T), confirm: confirm(T),
    handover, handover_ephemeral: b64(fixed('ephemeral handover', 32)),
    handover_sealed: b64(sealToBox(JSON.stringify(handover), inesTablet.box.public, fixed('ephemeral handover', 32))),
    list_after: after.map(({ entry }) => entry),
  };
};
