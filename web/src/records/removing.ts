/**
 * @file Removing a device of one's own: by the root alone, so that a thief cannot remove the owner. The removal and the
 * next epoch of every space go in one request, and are made anew when something has moved on meanwhile.
 */
import type { SpaceRow } from '../store/rows';
import { ServerError } from '../sync/errors';
import { Session } from '../sync/session';
import type { AccountTold } from '../sync/wire';
import { toBase64 } from '../vault/bytes';
import {
  checkMember,
  type ClaimedMember,
  type DeviceEntry,
  liveAt,
  removeDevice,
  standingAt,
} from '../vault/device_list';
import { type Epoch, newEpochKey } from '../vault/epoch';
import { accountId, type KeyPairs, rootOf, wipePairs } from '../vault/keys';
import { entropyOf } from '../vault/phrase';
import { asSecret, wipe } from '../vault/sealed';
import { SeenError } from './contract';
import { nextEpoch } from './epochs';
import type { Home } from './house';
import { rootSigner } from './identity';
import type { Spaces } from './spaces';

const mostTries = 5;

/** The root, from the words as they were typed, or from those that are still here. The caller wipes it. */
export async function rootFrom(home: Home, words: readonly string[] | null): Promise<KeyPairs> {
  const identity = await home.store.fact('identity');
  if (words === null && !identity?.entropy) throw new SeenError('phrase_wrong', 'the words are not here');
  const entropy = words
    ? entropyOf(words)
    : asSecret(await home.deviceSeal.open('entropy', identity?.entropy ?? never()));
  const root = rootOf(entropy);
  wipe(entropy);
  if (toBase64(accountId(root)) === home.keys.me) return root;
  wipePairs(root);
  throw new SeenError('phrase_wrong', 'the words of another account');
}

function never(): never {
  throw new Error('the words are not here');
}

export class Removing {
  constructor(
    private readonly home: Home,
    private readonly spaces: Spaces,
  ) {}

  /** When this resolves the device is on no list of live ones, and every space has a key that it never had. */
  async remove(id: string, words: readonly string[] | null): Promise<void> {
    const root = await rootFrom(this.home, words);
    const session = new Session(this.home.server, rootSigner(root, this.home.server.origin));
    try {
      for (let tries = 1; ; tries++) {
        if (await this.tried(id, root, session, tries === mostTries)) return;
      }
    } finally {
      wipePairs(root);
    }
  }

  /** False when a list or an epoch has moved on since it was read. */
  private async tried(id: string, root: KeyPairs, session: Session, last: boolean): Promise<boolean> {
    const rows = await this.readRows(session);
    const entry = this.entryFor(id, root, rows);
    const epochs = rows.map((row) => ({ space: row.space, epoch: this.epochOf(row, entry) }));
    try {
      await session.ask('POST', '/devices', { entry, epochs });
      return true;
    } catch (error) {
      const moved = error instanceof ServerError && error.code.startsWith('stale_');
      if (!moved || last) throw error;
      return false;
    }
  }

  /** All spaces in which the account is present, as they stand now. */
  private async readRows(session: Session): Promise<SpaceRow[]> {
    const told = await session.ask<AccountTold>('GET', '/account');
    const rows: SpaceRow[] = [];
    for (const { space } of told.spaces) {
      await this.spaces.readAgain(space);
      const row = await this.home.store.space(space);
      if (!row) throw new SeenError('unexpected', 'a space that is not here yet');
      rows.push(row);
    }
    return rows;
  }

  private entryFor(id: string, root: KeyPairs, rows: readonly SpaceRow[]): DeviceEntry {
    const room = rows.find(({ space }) => space === this.home.keys.room);
    const claimed = room?.members[0];
    if (!claimed) throw new SeenError('unexpected', 'no room');
    const me = checkMember(claimed);
    const listed = me.devices.get(id);
    if (!listed || standingAt(me, id) !== 'live') throw new SeenError('not_found', 'no such device');
    if (liveAt(me).length === 1) throw new SeenError('device_last');
    // It could not sign the epochs that begin without it.
    if (id === this.home.keys.identity.device) throw new SeenError('unexpected', 'it does not remove itself');
    return removeDevice(root, listed.keys, claimed.devices);
  }

  private epochOf(row: SpaceRow, entry: DeviceEntry): Epoch {
    const withEntry = (member: ClaimedMember): ClaimedMember =>
      member.account === this.home.keys.me ? { ...member, devices: [...member.devices, entry] } : member;
    const key = newEpochKey();
    const epoch = nextEpoch(row, row.members.map(withEntry), key, this.home.keys.device);
    wipe(key);
    return epoch;
  }
}
