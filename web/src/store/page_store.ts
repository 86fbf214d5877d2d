/**
 * @file Pages of opened records, beside the small rows of the same records. A page and its rows change in one step,
 * so that a record is always in exactly one of the two: whole in its row, or in its page.
 */
import type { IDBPDatabase } from 'idb';
import { told } from './errors';
import type { PageRow, RecordRow, SeenSchema } from './rows';

export class PageStore {
  constructor(private readonly db: IDBPDatabase<SeenSchema>) {}

  /** Pages that reach beyond `seq`, in order. */
  after(space: string, seq: number, limit: number): Promise<PageRow[]> {
    const range = IDBKeyRange.bound([space, seq], [space, Number.MAX_SAFE_INTEGER], true);
    return told(() => this.db.getAll('pages', range, limit));
  }

  /** The page in which the seq lies. */
  async holding(space: string, seq: number): Promise<PageRow | null> {
    const [page] = await this.after(space, seq - 1, 1);
    return page && page.first <= seq ? page : null;
  }

  /** Up to which seq the pages of a space reach; null without any. */
  async last(space: string): Promise<number | null> {
    return told(async () => {
      const cursor = await this.db
        .transaction('pages')
        .store.openKeyCursor(IDBKeyRange.bound([space, 0], [space, Number.MAX_SAFE_INTEGER]), 'prev');
      return cursor ? cursor.key[1] : null;
    });
  }

  /** The rows that a page has left as they came. */
  async left({ space, left }: PageRow): Promise<RecordRow[]> {
    const rows = await told(() => Promise.all(left.map((seq) => this.db.get('records', [space, seq]))));
    return rows.filter((row) => row !== undefined);
  }

  /**
   * Keeps a page that was made of these rows, and takes out of them what lies in it now. False when a row has changed
   * since, or another tab has made the page.
   */
  async keep(page: PageRow, rows: readonly RecordRow[]): Promise<boolean> {
    return told(async () => {
      const tx = this.db.transaction(['pages', 'records'], 'readwrite');
      const range = IDBKeyRange.bound([page.space, page.first], [page.space, page.last]);
      const now = await tx.objectStore('records').getAll(range);
      const same = now.length === rows.length && now.every((row, n) => isSame(row, rows[n]));
      const left = new Set(page.left);
      const slimmed = same ? now.filter((row) => !left.has(row.seq)).map(slim) : [];
      await Promise.all([
        ...slimmed.map((row) => tx.objectStore('records').put(row)),
        same ? tx.objectStore('pages').put(page) : null,
        tx.done,
      ]);
      return same;
    });
  }

  /** Puts a page in the place of the one that it was made from; false when that is not there any more. */
  async replace(page: PageRow): Promise<boolean> {
    return told(async () => {
      const tx = this.db.transaction('pages', 'readwrite');
      const there = await tx.store.get([page.space, page.last]);
      const same = there?.version === page.version;
      if (same) await tx.store.put({ ...page, version: page.version + 1 });
      await tx.done;
      return same;
    });
  }
}

function isSame(now: RecordRow, then: RecordRow | undefined): boolean {
  return !now.paged && now.seq === then?.seq && now.wire.sealed === then.wire.sealed;
}

function slim(row: RecordRow): RecordRow {
  return { ...row, paged: true, wire: { ...row.wire, sealed: null } };
}
