/** @file Which of the epochs that a server tells are taken: one after the other, each checked against the one before. */
import { fromBase64, toBase64 } from '../vault/bytes';
import type { CheckedMember } from '../vault/device_list';
import { type Epoch, epochFault } from '../vault/epoch';

export interface ChainedSpace {
  space: string;
  kind: 'room' | 'shared';
  /** In the order of joining. */
  members: readonly CheckedMember[];
  /** The accounts of those whose leaving was known here before this epoch was told. */
  gone: ReadonlySet<string>;
}

/** Members that an epoch may be for: who is known to have left is in no later one. */
function presentIn(place: ChainedSpace, epoch: Epoch, left: ReadonlySet<string>): CheckedMember[] {
  const named = new Set(Array.isArray(epoch.heads) ? epoch.heads.map(({ account }) => account) : []);
  // One who has left since then may still be named: the epoch can be older than the leaving.
  return place.members.filter(({ account }) =>
    left.has(account) ? named.has(account) && !place.gone.has(account) : true,
  );
}

/**
 * `known` and those of `told` that follow it and hold. `left`: the accounts that the server now calls gone. Nobody
 * comes back: who is missing in one epoch is in none after it.
 */
export function chainOf(
  place: ChainedSpace,
  known: readonly Epoch[],
  told: readonly Epoch[],
  left: ReadonlySet<string>,
): Epoch[] {
  const chain = [...known];
  for (const epoch of told) {
    if (epoch.n <= chain.length) continue;
    const before = chain.at(-1) ?? null;
    const present = presentIn(place, epoch, left).filter(
      ({ account }) => before === null || before.heads.some((head) => head.account === account),
    );
    if (epochFault({ space: fromBase64(place.space), kind: place.kind, present }, epoch, before)) break;
    chain.push(epoch);
  }
  return chain;
}

/** The newest one names somebody who has left. */
export function namesGone(newest: Epoch, left: ReadonlySet<string>): boolean {
  return newest.heads.some(({ account }) => left.has(account));
}

/** Where an account's list stood when this epoch began; -1 when it was no member then. */
export function headPlace(epoch: Epoch, member: CheckedMember): number {
  const named = epoch.heads.find(({ account }) => account === member.account);
  return named ? member.hashes.indexOf(named.head) : -1;
}

export function headOf(member: CheckedMember): string {
  return toBase64(member.head);
}
