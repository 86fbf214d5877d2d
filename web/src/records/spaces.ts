/** @file The spaces of this device: who is a member, with which checked devices, and under which keys. */
import type { SpaceRow } from '../store/rows';
import type { SpaceTold } from '../sync/wire';
import { fromBase64 } from '../vault/bytes';
import { checkMember, type ClaimedMember, extendsList } from '../vault/device_list';
import { epochHolds } from '../vault/epoch';
import { asSecret, type Secret } from '../vault/sealed';
import type { WireRecord } from '../vault/wire';
import type { Members } from './arrival';
import type { Home } from './house';

export function emptySpace(
  told: Pick<SpaceTold, 'space' | 'kind' | 'members' | 'epochs'>,
  key: SpaceRow['keys'][number],
): SpaceRow {
  return {
    space: told.space,
    kind: told.kind,
    members: told.members,
    epochs: told.epochs,
    keys: { 1: key },
    head: 0,
    headHash: null,
    tips: {},
    sent: null,
  };
}

export class Spaces {
  private readonly members = new Map<string, Members>();

  constructor(private readonly home: Home) {}

  membersOf(space: string): Members {
    return this.members.get(space) ?? new Map();
  }

  /** Opens the keys of the spaces that are not open yet, and tells the core of them; gives all. */
  async load(): Promise<SpaceRow[]> {
    const rows = await this.home.store.spaces();
    for (const row of rows) if (!this.home.keys.has(row.space)) await this.enter(row);
    return rows;
  }

  /** Keeps a checked space under its key. */
  async adopt(told: SpaceTold, key: Secret): Promise<SpaceRow> {
    this.check(told);
    const sealed = await this.home.deviceSeal.seal(`key/${told.space}/1`, key);
    const row = await this.home.store.changeSpace(told.space, (there) => there ?? emptySpace(told, sealed));
    await this.enter(row);
    return row;
  }

  /** Throws unless every list holds and a member's device has signed the first epoch. */
  check(told: SpaceTold): void {
    const members = told.members.map(checkMember);
    const first = told.epochs.find((epoch) => epoch.n === 1);
    if (!first || !epochHolds(fromBase64(told.space), first, members))
      throw new Error('the epoch does not hold');
    if (!members.some((member) => member.account === this.home.keys.me)) throw new Error('not a member');
  }

  /** Reads the device lists again when a record comes from a device that is not known yet. */
  async meetDevices(space: string, records: readonly WireRecord[]): Promise<void> {
    const known = this.membersOf(space);
    const stranger = records.some((wire) => known.get(wire.author)?.devices.has(wire.device) === false);
    if (!stranger) return;
    const told = await this.home.session.ask<SpaceTold>('GET', `/spaces/${space}`);
    const row = await this.home.store.changeSpace(space, (there) => {
      if (!there) throw new Error('unknown space');
      return { ...there, members: there.members.map((member) => grown(member, told.members)) };
    });
    this.remember(row);
  }

  private async enter(row: SpaceRow): Promise<void> {
    for (const [n, sealed] of Object.entries(row.keys)) {
      const key = await this.home.deviceSeal.open(`key/${row.space}/${n}`, sealed);
      this.home.keys.add(row.space, Number(n), asSecret(key));
    }
    this.remember(row);
    const members = row.members.map((member) => member.account);
    this.home.core.space(row.space, row.kind, members);
  }

  private remember(row: SpaceRow): void {
    this.members.set(row.space, new Map(row.members.map((member) => [member.account, checkMember(member)])));
  }
}

/** A member's list as the server tells it now, where it holds and only adds to what is known. */
function grown(known: ClaimedMember, told: readonly ClaimedMember[]): ClaimedMember {
  const now = told.find((member) => member.account === known.account);
  if (!now || !extendsList(known.devices, now.devices)) return known;
  try {
    checkMember(now);
    return now;
  } catch {
    return known;
  }
}
