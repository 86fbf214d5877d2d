/**
 * @file What a device checks of every record that comes from a server (spec/envelope.md §5), before anything is kept
 * as true. A refused record is kept as it came and named; it takes its place in the order and nothing else.
 */
import type { Arrival } from '../store/store';
import type { RecordRow, SpaceRow } from '../store/rows';
import { toBase64 } from '../vault/bytes';
import type { CheckedMember } from '../vault/device_list';
import { openRecord, type OpenedRecord, recordHash, type Refusal } from '../vault/record';
import type { Sealed } from '../vault/sealed';
import { headOf, type WireRecord } from '../vault/wire';
import type { KeyRing } from './key_ring';

export type Members = ReadonlyMap<string, CheckedMember>;

/** How many refused hashes are remembered beside the last accepted one. */
const mostTips = 8;

/** The author is a member and the device on their checked list; the seal, the padding, and, for mine, the tag hold. */
export function openFrom(
  space: string,
  wire: WireRecord,
  sealed: Sealed,
  keys: KeyRing,
  members: Members,
): OpenedRecord {
  const author = members.get(wire.author);
  if (!author) return { refusal: 'not_a_member' };
  if (!author.devices.has(wire.device)) return { refusal: 'unknown_device' };
  const epoch = keys.epoch(space, wire.epoch);
  if (!epoch || wire.v !== 1) return { refusal: 'cannot_open' };
  const mine = wire.author === keys.me ? keys.author(space) : null;
  try {
    return openRecord(headOf(space, wire), sealed, { epoch, author: mine });
  } catch {
    // Ids or bytes that are not base64url.
    return { refusal: 'cannot_open' };
  }
}

function chained(row: SpaceRow, wire: WireRecord): boolean {
  if (wire.class === 'held') return true;
  const tips = row.tips[wire.device];
  if (tips === undefined) return wire.prev === null;
  return tips === null || (wire.prev !== null && tips.includes(wire.prev));
}

function hashOf(space: string, wire: WireRecord): string | null {
  if (!wire.sealed) return null;
  try {
    return toBase64(recordHash(headOf(space, wire), wire.sealed));
  } catch {
    return null;
  }
}

function nextTips(
  row: SpaceRow,
  wire: WireRecord,
  hash: string | null,
  refused: Refusal | null,
): SpaceRow['tips'] {
  if (wire.class === 'held' || refused === 'not_a_member' || refused === 'unknown_device') return row.tips;
  if (hash === null) return { ...row.tips, [wire.device]: null };
  if (!refused) return { ...row.tips, [wire.device]: [hash] };
  const before = row.tips[wire.device];
  if (before === null) return row.tips;
  // One damaged record must not shut out all that its device writes afterwards.
  return { ...row.tips, [wire.device]: [...(before ?? []), hash].slice(-mostTips) };
}

function judge(row: SpaceRow, wire: WireRecord, keys: KeyRing, members: Members): RecordRow {
  const { space } = row;
  let refused: Refusal | null = null;
  if (wire.sealed) {
    const opened = openFrom(space, wire, wire.sealed, keys, members);
    if ('refusal' in opened) refused = opened.refusal;
    else if (!chained(row, wire)) refused = 'broken_chain';
  }
  return { space, seq: wire.seq ?? 0, id: wire.id, wire, hash: hashOf(space, wire), refused };
}

/**
 * What of `told` is new behind `row.head`, without a gap. Null when nothing is. Records that are known already are
 * passed over, so the same page may come twice.
 */
export function takeIn(
  row: SpaceRow,
  told: readonly WireRecord[],
  keys: KeyRing,
  members: Members,
): Arrival | null {
  let next = row;
  const rows: RecordRow[] = [];
  const settled: string[] = [];
  for (const wire of told) {
    if (wire.seq !== next.head + 1) continue;
    const judged = judge(next, wire, keys, members);
    rows.push(judged);
    next = {
      ...next,
      head: judged.seq,
      headHash: judged.hash,
      tips: nextTips(next, wire, judged.hash, judged.refused),
    };
    if (judged.refused || wire.author !== keys.me) continue;
    settled.push(wire.id);
    // It may come back in the log before, or instead of, the answer to its sending: then this is the answer.
    const fromHere = wire.device === keys.identity.device && wire.class === 'durable';
    if (fromHere && judged.hash !== null) next = { ...next, sent: judged.hash };
  }
  return rows.length > 0 ? { space: next, rows, settled } : null;
}
