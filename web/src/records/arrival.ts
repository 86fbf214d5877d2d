/**
 * @file What a device checks of every record that comes from a server (spec/envelope.md §5), before anything is kept
 * as true. A refused record is kept as it came and named; it takes its place in the order and nothing else.
 */
import type { Arrival } from '../store/store';
import type { RecordRow, SpaceRow, SpaceWatch } from '../store/rows';
import { toBase64 } from '../vault/bytes';
import { type CheckedMember, placeOfHead } from '../vault/device_list';
import { openRecord, type OpenedRecord, type RecordBody, recordHash, type Refusal } from '../vault/record';
import type { Sealed } from '../vault/sealed';
import { headOf, type WireRecord } from '../vault/wire';
import { headPlace } from './epoch_chain';
import type { KeyRing } from './key_ring';

export type Members = ReadonlyMap<string, CheckedMember>;

/** What of the log is needed to judge a page, besides the row of its space. */
export interface Known {
  /** Ids that stand in the log already. */
  ids: ReadonlySet<string>;
  /** Hashes of the log by place; null where it cannot be known. */
  hashes: ReadonlyMap<number, string | null>;
  /** Those that have been opened already. */
  opened?: ReadonlyMap<WireRecord, OpenedRecord>;
  /** ms since 1970. */
  now: number;
}

export const nothingKnown: Known = { ids: new Set(), hashes: new Map(), now: Number.MAX_SAFE_INTEGER };

/** Only for tests that plant a fault: what of §5 this receiver leaves out. */
export interface Leniency {
  staleEpochs?: boolean;
  removedDevices?: boolean;
  forks?: boolean;
}

/** How many refused hashes are remembered beside the last accepted one. */
const mostTips = 8;

/** The seal, the padding, and, for mine, the tag hold; the author is a member and the device on their checked list. */
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

/** Its epoch has begun here, and the key is still on its way from another of my devices: nothing is judged yet. */
export function waitsForKey(row: SpaceRow, wire: WireRecord, keys: KeyRing): boolean {
  if (keys.epoch(row.space, wire.epoch)) return false;
  const epoch = row.epochs.find(({ n }) => n === wire.epoch);
  return epoch !== undefined && !epoch.sealed.some(({ to }) => to === keys.identity.device);
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

const unlisted: ReadonlySet<Refusal | null> = new Set<Refusal | null>(['not_a_member', 'unknown_device']);

function nextTips(
  row: SpaceRow,
  wire: WireRecord,
  hash: string | null,
  refused: Refusal | null,
): SpaceRow['tips'] {
  if (wire.class === 'held' || unlisted.has(refused)) return row.tips;
  if (hash === null) return { ...row.tips, [wire.device]: null };
  if (!refused) return { ...row.tips, [wire.device]: [hash] };
  const before = row.tips[wire.device];
  if (before === null) return row.tips;
  // One damaged record must not shut out all that its device writes afterwards.
  return { ...row.tips, [wire.device]: [...(before ?? []), hash].slice(-mostTips) };
}

/** Of who may write here, with which device, and when: before anything is opened. */
function placeRefusal(row: SpaceRow, wire: WireRecord, members: Members, leniency: Leniency): Refusal | null {
  const author = members.get(wire.author);
  if (!author) return 'not_a_member';
  const device = author.devices.get(wire.device);
  if (!device) return 'unknown_device';
  const epoch = row.epochs.find(({ n }) => n === wire.epoch);
  if (epoch) {
    const place = headPlace(epoch, author);
    if (place < 0) return 'not_a_member';
    const gone = device.removed !== null && device.removed <= place;
    if (gone && !leniency.removedDevices) return 'removed_device';
  }
  return wire.epoch < row.watch.epoch && !leniency.staleEpochs ? 'stale_epoch' : null;
}

function forked(row: SpaceRow, wire: WireRecord, body: RecordBody, known: Known): boolean {
  if (!body.seen || body.seen.seq === 0) return false;
  const { seq, hash } = body.seen;
  if (wire.seq !== undefined && seq >= wire.seq) return true;
  const here = seq === row.head ? row.headHash : known.hashes.get(seq);
  return here !== undefined && here !== null && here !== hash;
}

/** What an opened record still has to agree with. */
function agreement(row: SpaceRow, wire: WireRecord, body: RecordBody, known: Known): Refusal | null {
  if (known.ids.has(wire.id)) return 'different';
  if (!chained(row, wire)) return 'broken_chain';
  return forked(row, wire, body, known) ? 'fork' : null;
}

interface Judged {
  refused: Refusal | null;
  body: RecordBody | null;
}

function judge(
  row: SpaceRow,
  wire: WireRecord,
  keys: KeyRing,
  members: Members,
  known: Known,
  leniency: Leniency,
): Judged {
  const misplaced = placeRefusal(row, wire, members, leniency);
  if (misplaced && (wire.sealed || unlisted.has(misplaced))) return { refused: misplaced, body: null };
  if (!wire.sealed) return { refused: null, body: null };
  const opened = known.opened?.get(wire) ?? openFrom(row.space, wire, wire.sealed, keys, members);
  if ('refusal' in opened) return { refused: opened.refusal, body: null };
  const refused = agreement(row, wire, opened.body, known);
  return { refused: refused === 'fork' && leniency.forks ? null : refused, body: opened.body };
}

/** How an epoch that the server does not show is remembered among what it hides. */
export function hiddenEpoch(n: number): string {
  return `epoch/${n}`;
}

/** What the record shows of the server and of its author's devices. */
function nextWatch(
  watch: SpaceWatch,
  wire: WireRecord,
  { refused, body }: Judged,
  keys: KeyRing,
  members: Members,
  now: number,
  epochs: number,
): SpaceWatch {
  if (refused === 'fork') return { ...watch, forked: true };
  // A new epoch comes with every removal: who hides the one hides the other.
  if (refused === 'cannot_open' && wire.epoch > epochs)
    return { ...watch, hidden: { ...watch.hidden, [hiddenEpoch(wire.epoch)]: wire.author } };
  if (refused || !body) return watch;
  const next = { ...watch };
  if (wire.epoch > watch.epoch) Object.assign(next, { epoch: wire.epoch, since: wire.stamp ?? now });
  if (watch.since === 0) next.since = wire.stamp ?? now;
  if (wire.author !== keys.me) next.heard = Math.max(watch.heard, Math.min(body.at, now));
  const author = members.get(wire.author);
  if (body.head !== null && author && placeOfHead(author, body.head) < 0)
    next.hidden = { ...watch.hidden, [wire.author]: body.head };
  return next;
}

interface Page {
  next: SpaceRow;
  rows: RecordRow[];
  settled: string[];
  ids: Set<string>;
  hashes: Map<number, string | null>;
}

function place(page: Page, wire: WireRecord, judged: Judged, keys: KeyRing): void {
  const { next } = page;
  const hash = hashOf(next.space, wire);
  const seq = wire.seq ?? 0;
  const { refused } = judged;
  page.rows.push({ space: next.space, seq, id: wire.id, wire, hash, refused });
  page.ids.add(wire.id);
  page.hashes.set(seq, hash);
  page.next = { ...next, head: seq, headHash: hash, tips: nextTips(next, wire, hash, refused) };
  if (refused || wire.author !== keys.me) return;
  page.settled.push(wire.id);
  // It may come back in the log before, or instead of, the answer to its sending: then this is the answer.
  const fromHere = wire.device === keys.identity.device && wire.class === 'durable';
  if (fromHere && hash !== null) page.next = { ...page.next, sent: hash };
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
  known: Known = nothingKnown,
  leniency: Leniency = {},
): Arrival | null {
  const page: Page = {
    next: row,
    rows: [],
    settled: [],
    ids: new Set(known.ids),
    hashes: new Map(known.hashes),
  };
  for (const wire of told) {
    if (wire.seq !== page.next.head + 1) continue;
    if (waitsForKey(page.next, wire, keys)) break;
    const judged = judge(page.next, wire, keys, members, { ...known, ...page }, leniency);
    const watch = nextWatch(page.next.watch, wire, judged, keys, members, known.now, row.epochs.length);
    place(page, wire, judged, keys);
    page.next = { ...page.next, watch };
  }
  return page.rows.length > 0 ? { space: page.next, rows: page.rows, settled: page.settled } : null;
}
