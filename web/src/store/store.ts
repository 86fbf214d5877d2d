/**
 * @file What rests on this device. Records stay sealed as they came; secrets and drafts are wrapped by the device.
 * Two tabs share one store: whatever depends on what stands in it is decided inside one transaction.
 */
import { type IDBPDatabase, openDB } from 'idb';
import type { Sealed } from '../vault/sealed';
import type { WireRecord } from '../vault/wire';
import { told } from './errors';
import { PageStore } from './page_store';
import type { Facts, HeldRow, OutboxRow, RecordOutbox, RecordRow, SeenSchema, SpaceRow } from './rows';

/** 2: what rests here is sealed under a data key; the rows are of the same shape as in 1. 3: pages. */
const version = 3;

/** `profile` is empty except in a demo, where two phones live side by side. */
export function databaseName(profile: string): string {
  return profile === '' ? 'seen' : `seen-${profile}`;
}

/** What a page of arrived records changes. */
export interface Arrival {
  space: SpaceRow;
  rows: RecordRow[];
  /** Ids of own records that need not wait in the outbox any longer. */
  settled: string[];
}

/** What the device itself has sealed; records are sealed under the keys of their spaces. */
export interface AtRest {
  identity: Facts['identity'] | null;
  joining: Sealed | null;
  spaces: SpaceRow[];
  outbox: OutboxRow[];
  /** By place. */
  drafts: [string, Sealed][];
}

export class Store {
  readonly pages: PageStore;

  private constructor(private readonly db: IDBPDatabase<SeenSchema>) {
    this.pages = new PageStore(db);
  }

  static async open(profile: string): Promise<Store> {
    return told(async () => {
      if (typeof indexedDB === 'undefined') throw new DOMException('no IndexedDB', 'SecurityError');
      const db = await openDB<SeenSchema>(databaseName(profile), version, {
        upgrade(fresh, old) {
          if (old < 1) firstStores(fresh);
          if (old < 3) fresh.createObjectStore('pages', { keyPath: ['space', 'last'] });
        },
      });
      return new Store(db);
    });
  }

  close(): void {
    this.db.close();
  }

  fact<K extends keyof Facts>(name: K): Promise<Facts[K] | undefined> {
    return told(async () => (await this.db.get('facts', name)) as Facts[K] | undefined);
  }

  async setFact<K extends keyof Facts>(name: K, value: Facts[K] | null): Promise<void> {
    await told(async () => {
      if (value === null) await this.db.delete('facts', name);
      else await this.db.put('facts', value, name);
    });
  }

  /** Everything that the device has sealed. */
  async atRest(): Promise<AtRest> {
    return told(async () => {
      const tx = this.db.transaction(['facts', 'spaces', 'outbox', 'drafts']);
      const drafts = tx.objectStore('drafts');
      const [identity, joining] = await Promise.all([
        tx.objectStore('facts').get('identity') as Promise<Facts['identity'] | undefined>,
        tx.objectStore('facts').get('joining') as Promise<Sealed | undefined>,
      ]);
      const [places, texts] = await Promise.all([drafts.getAllKeys(), drafts.getAll()]);
      return {
        identity: identity ?? null,
        joining: joining ?? null,
        spaces: await tx.objectStore('spaces').getAll(),
        outbox: await tx.objectStore('outbox').getAll(),
        drafts: places.flatMap((place, n): [string, Sealed][] => {
          const text = texts[n];
          return text === undefined ? [] : [[place, text]];
        }),
      };
    });
  }

  /** The same, sealed anew, together with the key that it is sealed under; false when another tab came first. */
  async sealedAnew(rows: AtRest, dataKey: Facts['dataKey']): Promise<boolean> {
    return told(async () => {
      const tx = this.db.transaction(['facts', 'spaces', 'outbox', 'drafts'], 'readwrite');
      const facts = tx.objectStore('facts');
      const first = (await facts.get('dataKey')) === undefined;
      if (first) {
        await facts.put(dataKey, 'dataKey');
        if (rows.identity) await facts.put(rows.identity, 'identity');
        if (rows.joining) await facts.put(rows.joining, 'joining');
        for (const row of rows.spaces) await tx.objectStore('spaces').put(row);
        for (const row of rows.outbox) await tx.objectStore('outbox').put(row);
        for (const [place, text] of rows.drafts) await tx.objectStore('drafts').put(text, place);
      }
      await tx.done;
      return first;
    });
  }

  /** Removes every row, of everything, in one step. */
  async clear(): Promise<void> {
    await told(async () => {
      const stores = [...this.db.objectStoreNames];
      const tx = this.db.transaction(stores, 'readwrite');
      await Promise.all(stores.map((name) => tx.objectStore(name).clear()));
      await tx.done;
    });
  }

  /** The wrapping key: whichever tab comes first makes it. */
  sealKey(make: () => Promise<CryptoKey>): Promise<CryptoKey> {
    return this.factOnce('sealKey', make);
  }

  /** A fact that is made once: gives the one that stands, whichever tab has made it. */
  async factOnce<K extends keyof Facts>(name: K, make: () => Promise<Facts[K]>): Promise<Facts[K]> {
    const there = await this.fact(name);
    if (there) return there;
    const made = await make();
    return told(async () => {
      const tx = this.db.transaction('facts', 'readwrite');
      const other = (await tx.store.get(name)) as Facts[K] | undefined;
      if (!other) await tx.store.put(made, name);
      await tx.done;
      return other ?? made;
    });
  }

  /** Identity, room and the first outbox row, together or not at all. */
  async settle(identity: Facts['identity'], room: SpaceRow, first: OutboxRow | null): Promise<void> {
    await told(async () => {
      const tx = this.db.transaction(['facts', 'spaces', 'outbox'], 'readwrite');
      await tx.objectStore('facts').put(identity, 'identity');
      await tx.objectStore('spaces').put(room);
      if (first) await tx.objectStore('outbox').add(first);
      await tx.done;
    });
  }

  spaces(): Promise<SpaceRow[]> {
    return told(() => this.db.getAll('spaces'));
  }

  space(space: string): Promise<SpaceRow | undefined> {
    return told(() => this.db.get('spaces', space));
  }

  /** Changes a space's row in one step; `change` must not wait for anything. */
  async changeSpace(space: string, change: (row: SpaceRow | undefined) => SpaceRow): Promise<SpaceRow> {
    return told(async () => {
      const tx = this.db.transaction('spaces', 'readwrite');
      const changed = change(await tx.store.get(space));
      await tx.store.put(changed);
      await tx.done;
      return changed;
    });
  }

  /**
   * Takes a page in. `decide` sees the row as it stands and says what is new; it must not wait for anything.
   * Records and the head move together: nothing is ever counted as read that is not kept.
   */
  async arrive(space: string, decide: (row: SpaceRow) => Arrival | null): Promise<boolean> {
    return told(async () => {
      const tx = this.db.transaction(['spaces', 'records', 'held', 'outbox'], 'readwrite');
      const row = await tx.objectStore('spaces').get(space);
      const arrival = row ? decide(row) : null;
      if (arrival) {
        for (const record of arrival.rows) {
          await tx.objectStore('records').put(record);
          await tx.objectStore('held').delete([space, record.id]);
        }
        await tx.objectStore('spaces').put(arrival.space);
        if (arrival.settled.length > 0) {
          const settled = new Set(arrival.settled);
          for (const waiting of await tx.objectStore('outbox').getAll()) {
            const done = waiting.kind === 'record' && waiting.space === space && settled.has(waiting.id);
            if (done && waiting.n !== undefined) await tx.objectStore('outbox').delete(waiting.n);
          }
        }
      }
      await tx.done;
      return arrival !== null;
    });
  }

  /** In order of seq, from after the given one. */
  recordsAfter(space: string, after: number, limit: number): Promise<RecordRow[]> {
    const range = IDBKeyRange.bound([space, after], [space, Number.MAX_SAFE_INTEGER], true);
    return told(() => this.db.getAll('records', range, limit));
  }

  recordById(space: string, id: string): Promise<RecordRow | undefined> {
    return told(() => this.db.getFromIndex('records', 'id', [space, id]));
  }

  /**
   * Takes the sealed bytes away from this device too; the hash stays, so the chain can still be followed. Gives the
   * seq of one that lies in a page, where its words are to be taken out.
   */
  async erase(space: string, id: string): Promise<number | null> {
    return told(async () => {
      const tx = this.db.transaction('records', 'readwrite');
      const row = await tx.store.index('id').get([space, id]);
      if (row?.wire.sealed) await tx.store.put({ ...row, wire: { ...row.wire, sealed: null } });
      await tx.done;
      return row?.paged ? row.seq : null;
    });
  }

  held(space: string): Promise<HeldRow[]> {
    return told(() => this.db.getAll('held', IDBKeyRange.bound([space, ''], [space, '\uffff'])));
  }

  async dropHeld(space: string, id: string): Promise<void> {
    await told(() => this.db.delete('held', [space, id]));
  }

  /** The server's list of one's own held records; gives the ids that it no longer holds. */
  async listHeld(space: string, listed: readonly WireRecord[]): Promise<string[]> {
    return told(async () => {
      const tx = this.db.transaction('held', 'readwrite');
      const range = IDBKeyRange.bound([space, ''], [space, '\uffff']);
      const ids = new Set(listed.map((wire) => wire.id));
      const gone = (await tx.store.getAll(range)).filter((row) => row.listed && !ids.has(row.id));
      for (const row of gone) await tx.store.delete([space, row.id]);
      for (const wire of listed) await tx.store.put({ space, id: wire.id, wire, listed: true });
      await tx.done;
      return gone.map((row) => row.id);
    });
  }

  outbox(): Promise<OutboxRow[]> {
    return told(() => this.db.getAll('outbox'));
  }

  /** All of them, in this order, or none. */
  async enqueue(...rows: OutboxRow[]): Promise<void> {
    await told(async () => {
      const tx = this.db.transaction('outbox', 'readwrite');
      for (const row of rows) await tx.store.add(row);
      await tx.done;
    });
  }

  async dropOutbox(n: number): Promise<void> {
    await told(() => this.db.delete('outbox', n));
  }

  /** Takes a row out as it stands; undefined when it has gone already. */
  async takeOutbox(n: number): Promise<OutboxRow | undefined> {
    return told(async () => {
      const tx = this.db.transaction('outbox', 'readwrite');
      const row = await tx.store.get(n);
      await tx.store.delete(n);
      await tx.done;
      return row;
    });
  }

  /** Keeps the sealed bytes that are about to be sent, or why they never go; false when the act was taken back meanwhile. */
  async keepPosted(row: RecordOutbox): Promise<boolean> {
    return told(async () => {
      const tx = this.db.transaction('outbox', 'readwrite');
      const there = row.n !== undefined && (await tx.store.get(row.n)) !== undefined;
      if (there) await tx.store.put(row);
      await tx.done;
      return there;
    });
  }

  /**
   * A record was taken: its chain moves on. A durable one waits here until it comes back in the log, a held one with
   * the held. One that was taken back while it was on its way is not put anywhere.
   */
  async acknowledge(row: RecordOutbox, hash: string, wire: WireRecord): Promise<void> {
    await told(async () => {
      const tx = this.db.transaction(['outbox', 'spaces', 'held', 'records'], 'readwrite');
      const back = await tx.objectStore('records').index('id').get([row.space, row.id]);
      const wanted = row.n !== undefined && (await tx.objectStore('outbox').get(row.n)) !== undefined;
      if (row.n !== undefined && wanted) {
        if (row.class === 'held' || back) await tx.objectStore('outbox').delete(row.n);
        else await tx.objectStore('outbox').put({ ...row, acknowledged: true });
      }
      if (row.class === 'held' && wanted && !back) {
        await tx.objectStore('held').put({ space: row.space, id: row.id, wire, listed: false });
      }
      const space = await tx.objectStore('spaces').get(row.space);
      if (space && row.class === 'durable') await tx.objectStore('spaces').put({ ...space, sent: hash });
      await tx.done;
    });
  }

  draft(place: string): Promise<Sealed | undefined> {
    return told(() => this.db.get('drafts', place));
  }

  async setDraft(place: string, sealed: Sealed | null): Promise<void> {
    await told(async () => {
      if (sealed === null) await this.db.delete('drafts', place);
      else await this.db.put('drafts', sealed, place);
    });
  }
}

function firstStores(fresh: IDBPDatabase<SeenSchema>): void {
  fresh.createObjectStore('facts');
  fresh.createObjectStore('spaces', { keyPath: 'space' });
  const records = fresh.createObjectStore('records', { keyPath: ['space', 'seq'] });
  records.createIndex('id', ['space', 'id']);
  fresh.createObjectStore('held', { keyPath: ['space', 'id'] });
  fresh.createObjectStore('outbox', { keyPath: 'n', autoIncrement: true });
  fresh.createObjectStore('drafts');
}
