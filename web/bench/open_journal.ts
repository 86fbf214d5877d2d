/**
 * @file The page of open_journal.mjs: fills the storage of this browser with a life of many records, and opens it as
 * the app does, without a server.
 */
import { openDB } from 'idb';
import type { CoreEvent } from '../src/core/core';
import { loadCore } from '../src/core/load';
import { newLife } from '../src/records/identity';
import { Lock, lockTime } from '../src/records/lock';
import { Pages, pageSize } from '../src/records/pages';
import { Records } from '../src/records/records';
import type { Channel } from '../src/records/surroundings';
import type { RecordRow } from '../src/store/rows';
import { Store } from '../src/store/store';
import type { Socket } from '../src/sync/follower';
import { TabLocks } from '../src/sync/locks';
import { random, toBase64 } from '../src/vault/bytes';
import { receivedSealed } from '../src/vault/sealed';
import { openVault } from '../src/vault/sodium';

const words = 'Today I noticed that I was tired before we spoke, and that I said less than I meant. '.repeat(
  3,
);
const begun = 1_800_000_000_000;

/** Four notes, and a change of the last of them, over and over. */
function eventAt(seq: number, before: string): CoreEvent {
  if (seq % 5 === 0) return { v: 1, type: 'note.changed', target: before, text: words };
  return { v: 1, type: 'note.kept', text: words };
}

async function fill(count: number): Promise<void> {
  await openVault();
  const store = await Store.open('');
  const lock = new Lock(store, new TabLocks(), 'bench/lock', lockTime);
  await lock.read();
  const deviceSeal = await lock.open(null);
  if (!deviceSeal) throw new Error('locked');
  const { identity, room } = await newLife(deviceSeal);
  await store.settle(identity, { ...room, head: count }, null);
  const pages = new Pages(store, deviceSeal, pageSize);
  const db = await openDB('seen');
  const ids: string[] = [''];
  for (let first = 1; first <= count; first += pageSize) {
    const last = Math.min(count, first + pageSize - 1);
    const tx = db.transaction('records', 'readwrite');
    for (let seq = first; seq <= last; seq++) {
      const id = toBase64(random(16));
      ids[seq] = id;
      const head = {
        v: 1,
        id,
        author: identity.account,
        device: identity.device,
        epoch: 1,
        prev: null,
      } as const;
      const wire = {
        ...head,
        class: 'durable',
        hold: null,
        seq,
        stamp: begun + seq,
        sealed: receivedSealed('AAAA'),
      } as const;
      const row: RecordRow = { space: room.space, seq, id, wire, hash: toBase64(random(32)), refused: null };
      void tx.store.put(row);
    }
    await tx.done;
    const made = await pages.make(room.space, last, ({ space, seq, id }) => ({
      record: {
        space,
        id,
        author: identity.account,
        seq,
        stamp: begun + seq,
        at: begun + seq,
        hold: null,
        event: eventAt(seq, ids[seq - 1] ?? ''),
      },
      learned: null,
    }));
    if (!made) throw new Error(`no page from ${first} to ${last}`);
  }
  db.close();
  store.close();
}

/** ms from nothing to the first screen of the room. */
async function open(): Promise<{ ms: number; notes: number }> {
  const from = performance.now();
  const silent: Socket = {
    send: () => undefined,
    close: () => undefined,
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
  };
  const records = await Records.open({
    profile: '',
    clock: null,
    origin: location.origin,
    fetch: () => Promise.reject(new TypeError('no network')),
    connect: () => silent,
    locks: new TabLocks(),
    lockTime,
    pageSize,
    loadCore,
    openChannel: (name) => new BroadcastChannel(name) as unknown as Channel,
  });
  await records.today();
  const { items } = await records.room(null, 50);
  const ms = performance.now() - from;
  return { ms, notes: items.length };
}

Object.assign(globalThis, { bench: { fill, open } });
