/** @file What IndexedDB holds. Content and secrets are `Sealed`; everything else the server knows as well. */
import type { DBSchema } from 'idb';
import type { ClaimedMember } from '../vault/device_list';
import type { Epoch } from '../vault/epoch';
import type { WrappedKey } from '../vault/lock';
import type { RecordClass } from '../vault/padding';
import type { Refusal } from '../vault/record';
import type { Sealed, SealedBytes } from '../vault/sealed';
import type { PostedRecord, WireRecord } from '../vault/wire';

/** Who lives on this device. */
export interface IdentityRow {
  account: string;
  rootSign: string;
  rootBox: string;
  device: string;
  room: string;
  /** Hash of the newest entry of one's own device list that this device knows. */
  listHead: string;
  /** The device's two seeds. */
  seeds: Sealed;
  /** The phrase's entropy, until it has been checked once. */
  entropy: Sealed | null;
}

export interface SpaceRow {
  space: string;
  kind: 'room' | 'shared';
  members: ClaimedMember[];
  epochs: Epoch[];
  /** By epoch number. */
  keys: Record<number, Sealed>;
  /** The last seq that stands in `records`. */
  head: number;
  /** Hash of the record at `head`; null when it was erased before it came here. */
  headHash: string | null;
  /**
   * By device: the hashes that its next durable record may name, the last accepted one and those refused since;
   * null when it cannot be known, because the last one was erased before it came here.
   */
  tips: Record<string, string[] | null>;
  /** Hash of this device's last acknowledged durable record. */
  sent: string | null;
  watch: SpaceWatch;
}

/** What a device keeps an eye on in a space, because a server could hide or change it. */
export interface SpaceWatch {
  /** The newest epoch of a record that was taken, and the stamp of the first one under it. */
  epoch: number;
  since: number;
  /** Up to which epoch this device has said that it began it. */
  began: number;
  /** ms: when the other's devices last wrote something that was taken, by their own clock. */
  heard: number;
  /** By account: a head of their device list that they have named and the server does not show; or a hidden epoch. */
  hidden: Record<string, string>;
  /** The other is shown another history. */
  forked: boolean;
  /** The log was once longer than it is. */
  rolledBack: boolean;
}

export interface RecordRow {
  space: string;
  seq: number;
  id: string;
  /** Without its sealed bytes where it was erased, and where it lies in a page. */
  wire: WireRecord;
  /** It lies in a page. */
  paged?: true;
  hash: string | null;
  /** Kept as received, shown as refused, never uploaded again. */
  refused: Refusal | null;
}

/**
 * Records that were checked when they came and lie here opened, sealed together under the device's key. Of each the
 * `records` keep a small row: all that the server knows of it, and its hash, by which it can be fetched again.
 */
export interface PageRow {
  space: string;
  /** The seqs from the first to the last. */
  first: number;
  last: number;
  /** Counts how often the page was written. */
  version: number;
  /** Seqs that are not in it and stand as they came: refused, or not to be opened here yet. */
  left: number[];
  /** The core's records, as the JSON that it absorbs. */
  records: SealedBytes;
  /** Those of my events that the records themselves go by, secrets included; null when there are none. */
  learned: SealedBytes | null;
}

export interface HeldRow {
  space: string;
  id: string;
  wire: WireRecord;
  /** The server has listed it; only then does its absence from a later list mean anything. */
  listed: boolean;
}

/** One finished act that waits to go, or has gone and not yet come back in the log. */
export interface RecordOutbox {
  n?: number;
  kind: 'record';
  space: string;
  id: string;
  class: RecordClass;
  /** Which exchange a held record belongs to. */
  counter: number | null;
  erases: string | null;
  /** Event and time, wrapped by the device. */
  draft: Sealed;
  at: number;
  /** Sealed when it was first sent; sent again, it is these very bytes. */
  posted: PostedRecord | null;
  acknowledged: boolean;
  /** False for what only accompanies an act, such as "one of mine waits". */
  counts: boolean;
  /** The server's code when it will never take this one. It stays here. */
  stuck: string | null;
  /** The held record of an older epoch in whose place this one goes. */
  instead?: string;
}

export interface AccountOutbox {
  n?: number;
  kind: 'account';
  body: { root_sign: string; root_box: string; device: unknown; room: { space: string; epoch: Epoch } };
}

export interface UnholdOutbox {
  n?: number;
  kind: 'unhold';
  space: string;
  hold: string;
  target: string;
}

/** The last step of leaving a shared space. */
export interface LeaveOutbox {
  n?: number;
  kind: 'leave';
  space: string;
  /** What I gave there is taken away as well. */
  erase: boolean;
}

export interface EndOutbox {
  n?: number;
  kind: 'end';
  lookup: string;
}

export type OutboxRow = RecordOutbox | AccountOutbox | UnholdOutbox | LeaveOutbox | EndOutbox;

/** Wrong tries of the lock since it was last opened. */
export interface LockTries {
  count: number;
  /** ms since 1970: when the next one is looked at. */
  until: number;
}

export interface Facts {
  /** S: wraps the data key. */
  sealKey: CryptoKey;
  /** D, under S and, when a lock is set, under what opens it. */
  dataKey: WrappedKey;
  lockTries: LockTries;
  /** ms away from the page until it locks itself. */
  locksAfter: number;
  identity: IdentityRow;
  /** What the server said of itself when it was last heard. */
  demo: boolean;
  joining: Sealed;
  clockOffset: number;
}

export interface SeenSchema extends DBSchema {
  facts: { key: string; value: unknown };
  spaces: { key: string; value: SpaceRow };
  records: { key: [string, number]; value: RecordRow; indexes: { id: [string, string] } };
  /** By space and last seq. */
  pages: { key: [string, number]; value: PageRow };
  held: { key: [string, string]; value: HeldRow };
  outbox: { key: number; value: OutboxRow };
  drafts: { key: string; value: Sealed };
}
