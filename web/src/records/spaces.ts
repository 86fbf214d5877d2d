/** @file The spaces of this device: who is a member, with which checked devices, and under which keys. */
import type { SpaceRow, SpaceWatch } from '../store/rows';
import type { SpaceTold } from '../sync/wire';
import { type CheckedMember, checkMember, type ClaimedMember, placeOfHead } from '../vault/device_list';
import { type Epoch, openEpoch } from '../vault/epoch';
import { asSecret, type Sealed, type Secret, wipe } from '../vault/sealed';
import type { WireRecord } from '../vault/wire';
import { hiddenEpoch, type Members } from './arrival';
import { chainOf, headOf } from './epoch_chain';
import type { Home } from './house';

const nothingSeen: SpaceWatch = {
  epoch: 0,
  since: 0,
  began: 1,
  heard: 0,
  hidden: {},
  forked: false,
  rolledBack: false,
};

export function emptySpace(
  told: Pick<SpaceTold, 'space' | 'kind' | 'members' | 'epochs'>,
  keys: SpaceRow['keys'],
): SpaceRow {
  return {
    space: told.space,
    kind: told.kind,
    members: told.members,
    epochs: told.epochs,
    keys,
    head: 0,
    headHash: null,
    tips: {},
    sent: null,
    watch: nothingSeen,
  };
}

/** A key of an epoch that this device has just learned. */
export interface NewKey {
  space: string;
  n: number;
  key: Secret;
}

export class Spaces {
  private readonly members = new Map<string, Members>();

  constructor(private readonly home: Home) {}

  membersOf(space: string): Members {
    return this.members.get(space) ?? new Map();
  }

  /** Hash of the newest entry of my own device list that is known here. */
  myHead(): string | null {
    const me = this.membersOf(this.home.keys.room).get(this.home.keys.me);
    return me ? headOf(me) : null;
  }

  /** Opens the keys of the spaces that are not open yet, and tells the core of them; gives all. */
  async load(): Promise<SpaceRow[]> {
    const rows = await this.home.store.spaces();
    for (const row of rows) {
      if (this.home.keys.has(row.space)) await this.takeKeys(row);
      else await this.enter(row);
    }
    return rows;
  }

  /** Keeps a checked space under the keys that are known of it, those that are sealed to this device among them. */
  async adopt(told: SpaceTold, keys: ReadonlyMap<number, Secret>): Promise<SpaceRow> {
    const checked = this.check(told);
    const opened = this.opened(checked.epochs, keys);
    const sealed = await this.sealedKeys(told.space, opened);
    const row = await this.home.store.changeSpace(
      told.space,
      (there) => there ?? emptySpace(checked, sealed),
    );
    await this.enter(row);
    return row;
  }

  /** Throws unless every list and the first epoch hold; gives it with the epochs that hold. */
  check(told: SpaceTold): SpaceTold {
    const members = told.members.map((member) => checkMember(member));
    const epochs = chainOf({ ...told, members, gone: new Set() }, [], told.epochs, goneIn(told.members));
    if (epochs.length === 0) throw new Error('the epoch does not hold');
    if (!members.some((member) => member.account === this.home.keys.me)) throw new Error('not a member');
    return { ...told, epochs };
  }

  /** Reads the space again when a record comes from a device, or under an epoch, that is not known yet. */
  async meet(space: string, records: readonly WireRecord[]): Promise<NewKey[]> {
    const known = this.membersOf(space);
    const row = await this.home.store.space(space);
    const strange = records.some(
      (wire) =>
        known.get(wire.author)?.devices.has(wire.device) === false ||
        (row !== undefined && wire.epoch > row.epochs.length),
    );
    return strange ? this.readAgain(space) : [];
  }

  /** Takes what the lists and the epochs have grown by; gives the keys that are new here. */
  async readAgain(space: string): Promise<NewKey[]> {
    const before = await this.home.store.space(space);
    if (!before) return [];
    const told = await this.home.session.ask<SpaceTold>('GET', `/spaces/${space}`);
    const fresh = this.opened(grownSpace(before, told, this.home.keys.me).epochs, new Map());
    const added = [...fresh].filter(([n]) => this.home.keys.epoch(space, n) === null);
    const sealed = await this.sealedKeys(space, new Map(added));
    const row = await this.home.store.changeSpace(space, (there) => {
      const grown = grownSpace(there ?? before, told, this.home.keys.me);
      const rolledBack = grown.watch.rolledBack || told.head < before.head;
      return { ...grown, keys: { ...grown.keys, ...sealed }, watch: { ...grown.watch, rolledBack } };
    });
    await this.takeKeys(row);
    this.declare(row);
    this.home.changed('standing', 'today');
    return added.map(([n, key]) => ({ space, n, key }));
  }

  /** Keys that another of my devices has left in my own room; true when one of them was missing here. */
  async learnKeys(space: string, keys: ReadonlyMap<number, Secret>): Promise<boolean> {
    if (!this.home.keys.has(space)) return false;
    const missing = new Map([...keys].filter(([n]) => this.home.keys.epoch(space, n) === null));
    if (missing.size === 0) return false;
    const sealed = await this.sealedKeys(space, missing);
    const row = await this.home.store.changeSpace(space, (there) => {
      if (!there) throw new Error('unknown space');
      return { ...there, keys: { ...sealed, ...there.keys } };
    });
    await this.takeKeys(row);
    return true;
  }

  private opened(epochs: readonly Epoch[], known: ReadonlyMap<number, Secret>): Map<number, Secret> {
    const { identity, device } = this.home.keys;
    const keys = new Map(known);
    for (const epoch of epochs) {
      const key = keys.has(epoch.n) ? null : openEpoch(epoch, identity.device, device);
      if (key) keys.set(epoch.n, key);
    }
    return keys;
  }

  private async sealedKeys(
    space: string,
    keys: ReadonlyMap<number, Secret>,
  ): Promise<Record<number, Sealed>> {
    const sealed: Record<number, Sealed> = {};
    for (const [n, key] of keys) sealed[n] = await this.home.deviceSeal.seal(`key/${space}/${n}`, key);
    return sealed;
  }

  private async takeKeys(row: SpaceRow): Promise<void> {
    for (const [n, sealed] of Object.entries(row.keys)) {
      if (this.home.keys.epoch(row.space, Number(n))) continue;
      const key = await this.home.deviceSeal.open(`key/${row.space}/${n}`, sealed);
      this.home.keys.add(row.space, Number(n), asSecret(key));
    }
    this.remember(row);
  }

  private async enter(row: SpaceRow): Promise<void> {
    await this.takeKeys(row);
    this.declare(row);
  }

  private declare({ space, kind, members }: SpaceRow): void {
    const accounts = members.map((member) => member.account);
    this.home.core.space(space, kind, accounts, [...goneIn(members)]);
  }

  private remember(row: SpaceRow): void {
    const checked = (member: ClaimedMember): [string, CheckedMember] => [member.account, checkMember(member)];
    this.members.set(row.space, new Map(row.members.map(checked)));
  }
}

function goneIn(members: readonly ClaimedMember[]): Set<string> {
  return new Set(members.filter(({ left }) => left === true).map(({ account }) => account));
}

/** A member's list as the server tells it now, where it holds and only adds to what is known. */
function grownMember(known: ClaimedMember, told: readonly ClaimedMember[]): ClaimedMember {
  const now = told.find((member) => member.account === known.account);
  if (!now) return known;
  const left = known.left === true || now.left === true;
  try {
    checkMember(now, known.devices);
    return { ...now, left };
  } catch {
    return { ...known, left };
  }
}

/** The row with the lists and epochs that hold; nothing of what was known is ever taken away. */
function grownSpace(there: SpaceRow, told: SpaceTold, me: string): SpaceRow {
  const members = there.members.map((member) => grownMember(member, told.members));
  const checked = members.map((member) => checkMember(member));
  const left = goneIn(members);
  // Nobody is told by a server that they themselves are gone.
  left.delete(me);
  const place = { space: there.space, kind: there.kind, members: checked, gone: goneIn(there.members) };
  const epochs = chainOf(place, there.epochs, told.epochs, left);
  return {
    ...there,
    members,
    epochs,
    watch: { ...there.watch, hidden: stillHidden(there.watch, checked, epochs) },
  };
}

function stillHidden(
  watch: SpaceWatch,
  members: readonly CheckedMember[],
  epochs: readonly Epoch[],
): Record<string, string> {
  const shown = new Set(epochs.map(({ n }) => hiddenEpoch(n)));
  const hidden = Object.entries(watch.hidden).filter(([account, head]) => {
    if (shown.has(account)) return false;
    const member = members.find((one) => one.account === account);
    return !member || placeOfHead(member, head) < 0;
  });
  return Object.fromEntries(hidden);
}

export function wipeKeys(keys: readonly NewKey[]): void {
  wipe(...keys.map(({ key }) => key));
}
