/** @file What the parts of the records share: one device's store, keys, core and server, opened once. */
import type { Core } from '../core/core';
import type { Store } from '../store/store';
import type { Locks } from '../sync/locks';
import type { Server } from '../sync/server';
import type { Session } from '../sync/session';
import type { DeviceSeal } from '../vault/device_seal';
import type { Change } from './contract';
import type { KeyRing } from './key_ring';

/** What one tab tells the others. */
export type TabNote =
  | { note: 'settled' }
  /** Lock yourself. */
  | { note: 'lock' }
  /** A lock was set, changed or removed. */
  | { note: 'lock_changed' }
  /** Nothing is left in this browser. */
  | { note: 'cleared' }
  | { note: 'outbox' }
  | { note: 'records'; space: string }
  | { note: 'forget'; space: string; id: string }
  | { note: 'change'; change: Change };

export interface House {
  store: Store;
  core: Core;
  server: Server;
  locks: Locks;
  deviceSeal: DeviceSeal;
  /** How many records lie in one page at rest. */
  pageSize: number;
  /** ms since 1970; moved in a demo. */
  now(): number;
  /** Tells the screens of this tab. */
  changed(...changes: Change[]): void;
  /** Tells the other tabs. */
  tellTabs(note: TabNote): void;
  lockName(what: 'outbox' | 'joining' | 'epoch' | 'lock'): string;
}

/** A house in which somebody lives. */
export interface Home extends House {
  keys: KeyRing;
  session: Session;
}
