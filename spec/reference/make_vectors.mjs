/**
 * Makes spec/vectors/*.json from fixed seeds. Run `npm run vectors` in web/, or this file with Node.
 * Written from envelope.md alone; nothing of the app is used. The files must not change unless envelope.md does.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { codes } from './codes.mjs';
import { epochs, roomEphemerals, roomEpoch } from './epochs.mjs';
import { device_invitation, invitation } from './invitations.mjs';
import { lists } from './lists.mjs';
import {
  added, ines, inesPhone, inesTablet, listOf, origin, room, roomKey, shared, sharedKey,
} from './people.mjs';
import { b64, enc, fixed, K, K16, phraseOf, sign, u64 } from './primitives.mjs';
import { records, sizes } from './records.mjs';

const keys = () => {
  const list = listOf(ines, [added(inesPhone), added(inesTablet)]);
  const challenge = { nonce: b64(fixed('challenge', 32)), expires: 1893456000000 };
  const signIn = (who) =>
    enc('seen/1/sign-in', origin, ines.account, who, u64(challenge.expires), fixed('challenge', 32));
  return {
    entropy: b64(ines.entropy), phrase: phraseOf(ines.entropy),
    root_sign: b64(ines.rootSign.public), root_box: b64(ines.rootBox.public), account: b64(ines.account),
    devices: [inesPhone, inesTablet].map((one) => ({
      seeds: b64(one.seeds), sign: b64(one.sign.public), box: b64(one.box.public), id: b64(one.id),
    })),
    list: list.map(({ entry }) => entry), list_hashes: list.map(({ hash }) => b64(hash)),
    epoch: {
      space: b64(room), key: b64(roomKey), ephemerals: roomEphemerals(), wire: roomEpoch(roomKey, list),
    },
    derived: {
      record_key: b64(K(roomKey, 'record')), hold_key: b64(K(sharedKey, 'hold')),
      author_key: b64(K(roomKey, 'author', shared)), shared_key: b64(sharedKey), shared: b64(shared),
    },
    sign_in: {
      origin, challenge,
      by_device: b64(sign(inesPhone.sign, signIn(inesPhone.id))), by_root: b64(sign(ines.rootSign, signIn('root'))),
    },
  };
};

const holds = () => ({
  first_epoch_key: b64(sharedKey),
  cases: [0, 1, 2, 255, 256, 65536, 4294967296].map((counter) => ({
    counter, hold: b64(K16(K(sharedKey, 'hold'), 'exchange', u64(counter))),
  })),
});

const folder = new URL('../vectors/', import.meta.url);
mkdirSync(folder, { recursive: true });
const files = { keys, lists, epochs, records, invitation, device_invitation, codes, sizes, holds };
for (const [name, make] of Object.entries(files)) {
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(make(), null, 2)}\n`);
}
