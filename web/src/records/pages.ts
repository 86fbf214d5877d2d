/**
 * @file Records at rest. Each was checked when it came; once 500 in a row stand behind the last page they are opened
 * together and sealed as one page under the device's key, and their own sealed bytes go. The next start opens a page
 * at a time and hands its JSON to the core as it is, 50,000 records in about the time of the core's own work.
 *
 * - A record is lost at no point: page and rows change in one step, and what could not be opened stays as it came.
 * - A page is made only of records whose withdrawals have been carried out.
 * - An erased record's words are taken out of its page, which is sealed and written anew.
 */
import type { CoreEvent, JournalRecord } from '../core/core';
import type { PageRow, RecordRow } from '../store/rows';
import { type Bytes, fromUtf8, utf8 } from '../vault/bytes';
import type { DeviceSeal } from '../vault/device_seal';
import type { Store } from '../store/store';

/** Records in a page; fewer in the tests. */
export const pageSize = 500;
/** Pages that are read and opened side by side. */
const batch = 8;
/** So often a page is tried again when another tab has changed what it was made of. */
const mostTries = 5;

/** What of a row goes into a page. Null: the row is left as it came. */
export interface OpenedRow {
  record: JournalRecord;
  /** The event with its secrets, where the records themselves must know of it. */
  learned: CoreEvent | null;
}

/** A page as it opens. */
export interface OpenedPage {
  row: PageRow;
  /** The JSON of an array, in UTF-8. */
  records: Bytes;
  learned: CoreEvent[];
  left: RecordRow[];
  /** It does not open: the disk has changed it. What it held is on the server, and on the other devices. */
  damaged: boolean;
}

export class Pages {
  constructor(
    private readonly store: Store,
    private readonly deviceSeal: DeviceSeal,
    private readonly size: number,
  ) {}

  /** All pages that reach beyond `after`, in order; the next ones are being opened while one is used. */
  async *open(space: string, after: number): AsyncGenerator<OpenedPage> {
    let next = this.openBatch(space, after);
    for (;;) {
      const pages = await next;
      const last = pages.at(-1);
      if (!last) return;
      next = this.openBatch(space, last.row.last);
      // Whoever stops early does not hear of what was opened in advance.
      next.catch(() => undefined);
      yield* pages;
    }
  }

  /** Makes a page of the next rows behind the last one, if so many are there up to `absorbed`. */
  async make(space: string, absorbed: number, open: (row: RecordRow) => OpenedRow | null): Promise<boolean> {
    for (let tried = 0; tried < mostTries; tried++) {
      const end = await this.end(space);
      if (absorbed - end < this.size) return false;
      const rows = await this.store.recordsAfter(space, end, this.size);
      const page = await this.pageOf(space, rows, open);
      if (page && (await this.store.pages.keep(page, rows))) return true;
    }
    return false;
  }

  /** Takes the words of one record out of the page in which it lies. */
  async erase(space: string, seq: number): Promise<void> {
    for (let tried = 0; tried < mostTries; tried++) {
      const page = await this.store.pages.holding(space, seq);
      if (!page) return;
      const records = await this.recordsIn(page);
      const record = records?.find((one) => one.seq === seq);
      if (!records || !record || record.event === null) return;
      const emptied = { ...record, at: record.stamp ?? 0, event: null };
      const text = JSON.stringify(records.map((one) => (one === record ? emptied : one)));
      const sealed = await this.deviceSeal.sealRaw(placeOf(page, 'records'), utf8(text));
      if (await this.store.pages.replace({ ...page, records: sealed })) return;
    }
    throw new Error('a page changed too often');
  }

  /** Null when it does not open, to anybody. */
  private async recordsIn(page: PageRow): Promise<JournalRecord[] | null> {
    try {
      const text = await this.deviceSeal.openRaw(placeOf(page, 'records'), page.records);
      return JSON.parse(fromUtf8(text)) as JournalRecord[];
    } catch (error) {
      if (isDamage(error)) return null;
      throw error;
    }
  }

  /** Up to which seq the pages reach. */
  private async end(space: string): Promise<number> {
    return (await this.store.pages.last(space)) ?? 0;
  }

  private async openBatch(space: string, after: number): Promise<OpenedPage[]> {
    const rows = await this.store.pages.after(space, after, batch);
    return Promise.all(rows.map((row) => this.openOne(row)));
  }

  private async openOne(row: PageRow): Promise<OpenedPage> {
    const left = row.left.length > 0 ? await this.store.pages.left(row) : [];
    try {
      const [records, learned] = await Promise.all([
        this.deviceSeal.openRaw(placeOf(row, 'records'), row.records),
        row.learned && this.deviceSeal.openRaw(placeOf(row, 'learned'), row.learned),
      ]);
      const events = learned ? (JSON.parse(fromUtf8(learned)) as CoreEvent[]) : [];
      return { row, records, left, learned: events, damaged: false };
    } catch (error) {
      if (!isDamage(error)) throw error;
      return { row, records: utf8('[]'), left, learned: [], damaged: true };
    }
  }

  /** Null when these rows are not a page in a row, or lie in one. */
  private async pageOf(
    space: string,
    rows: readonly RecordRow[],
    open: (row: RecordRow) => OpenedRow | null,
  ): Promise<PageRow | null> {
    const [first, last] = [rows[0]?.seq ?? 0, rows.at(-1)?.seq ?? 0];
    const whole =
      rows.length === this.size && last - first + 1 === this.size && !rows.some((row) => row.paged);
    if (!whole) return null;
    const opened = rows.map((row) => (row.refused ? null : open(row)));
    const place = { space, first, last };
    const records = opened.flatMap((one) => (one ? [one.record] : []));
    const learned = opened.flatMap((one) => (one?.learned ? [one.learned] : []));
    return {
      ...place,
      version: 1,
      left: rows.filter((_, n) => opened[n] === null).map((row) => row.seq),
      records: await this.deviceSeal.sealRaw(placeOf(place, 'records'), utf8(JSON.stringify(records))),
      learned:
        learned.length > 0
          ? await this.deviceSeal.sealRaw(placeOf(place, 'learned'), utf8(JSON.stringify(learned)))
          : null,
    };
  }
}

/** Bound to the seal: a page does not open in the place of another. */
function placeOf({ space, first, last }: Pick<PageRow, 'space' | 'first' | 'last'>, what: string): string {
  return `page/${space}/${first}-${last}/${what}`;
}

/** AES-GCM's word for bytes that were changed. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && error.name === 'OperationError';
}
