/**
 * @file Everything of a person, away from the server. Only their root may ask for it, and nothing here is removed
 * before the server has answered.
 */
import type { IdentityRow } from '../store/rows';
import { AccountUnknown } from '../sync/errors';
import { Session } from '../sync/session';
import { toBase64 } from '../vault/bytes';
import { accountId, type KeyPairs, rootOf, wipePairs } from '../vault/keys';
import { entropyOf } from '../vault/phrase';
import { asSecret, type Secret, wipe } from '../vault/sealed';
import { SeenError } from './contract';
import type { House } from './house';
import { rootSigner } from './identity';

/** Resolves when the server has nothing of this account any more. */
export async function deleteOnServer(
  house: House,
  words: readonly string[] | null,
  erase: boolean,
): Promise<void> {
  const root = await myRoot(house, words);
  try {
    const session = new Session(house.server, rootSigner(root, house.server.origin));
    await session.ask('DELETE', '/account', { erase });
  } catch (error) {
    // The right root, and no such account: an earlier answer was lost, and it is done already.
    if (!(error instanceof AccountUnknown)) throw error;
  } finally {
    wipePairs(root);
  }
}

/** From the twelve words, or from the phrase while it is here; `phrase_wrong` where it is another's, or gone. */
async function myRoot(house: House, words: readonly string[] | null): Promise<KeyPairs> {
  const identity = await house.store.fact('identity');
  const entropy = identity && (words ? entropyOf(words) : await entropyHere(house, identity));
  if (!identity || !entropy) throw new SeenError('phrase_wrong');
  const root = rootOf(entropy);
  wipe(entropy);
  if (toBase64(accountId(root)) === identity.account) return root;
  wipePairs(root);
  throw new SeenError('phrase_wrong');
}

async function entropyHere(house: House, { entropy }: IdentityRow): Promise<Secret | null> {
  return entropy && asSecret(await house.deviceSeal.open('entropy', entropy));
}
