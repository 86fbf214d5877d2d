/** Records at rest: what is opened from pages is what came, what was taken away is gone, and a crash loses nothing. */
import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { IDBObjectStore as MemoryObjectStore } from 'fake-indexeddb';
import type { Live } from '../../src/records/live';
import type { PageRow, RecordRow } from '../../src/store/rows';
import { fromUtf8 } from '../../src/vault/bytes';
import type { DeviceSeal } from '../../src/vault/device_seal';
import { allSent, exchange, join } from '../house/couple';
import { roadTo } from '../house/memory_road';
import { MemoryServer } from '../house/memory_server';
import { Browser, openPhone, type Phone, until } from '../house/phone';
import { opened as databaseOf, rowsOf } from '../house/search';
import { seeded } from '../house/seeded';

vi.setConfig({ testTimeout: 180_000 });

const canary = 'words that are to be gone from this disk';
const small = 3;
const never = Number.MAX_SAFE_INTEGER;
const phones: Phone[] = [];

afterEach(() => {
  vi.restoreAllMocks();
  for (const one of phones.splice(0)) one.close();
});

async function phoneOn(server: MemoryServer, browser: Browser): Promise<Phone> {
  const phone = await openPhone(roadTo(server), browser);
  phones.push(phone);
  return phone;
}

function within(phone: Phone): { live: Live; house: { deviceSeal: DeviceSeal } } {
  return phone.inside() as unknown as { live: Live; house: { deviceSeal: DeviceSeal } };
}

/** Until everything is acknowledged, back in the log, and in pages as far as they go. */
async function rest(phone: Phone): Promise<void> {
  await allSent(phone);
  await until('nothing is pending', async () =>
    (await phone.records.room(null, 500)).items.every(({ pending }) => !pending),
  );
  await within(phone).live.journal.tidied();
}

interface Kept {
  pages: PageRow[];
  rows: RecordRow[];
}

async function keptBy(browser: Browser): Promise<Kept> {
  const stores = await rowsOf(browser.factory);
  const values = <T>(name: string): T[] => (stores[name] ?? []).map((row) => (row as { value: T }).value);
  return { pages: values<PageRow>('pages'), rows: values<RecordRow>('records') };
}

async function textsOf(phone: Phone, pages: readonly PageRow[]): Promise<string[]> {
  const { deviceSeal } = within(phone).house;
  const opened = pages.map(({ space, first, last, records }) =>
    deviceSeal.openRaw(`page/${space}/${first}-${last}/records`, records),
  );
  return (await Promise.all(opened)).map(fromUtf8);
}

/** All that screens can be shown, and what the records know by themselves. */
async function whole(phone: Phone): Promise<unknown> {
  const { journal } = within(phone).live;
  return {
    room: await phone.records.room(null, 500),
    between: await phone.records.between(null, 500),
    today: await phone.records.today(),
    partner: (await phone.records.standing()).partner,
    told: journal.told,
    joined: journal.joined,
    refused: journal.refused,
  };
}

/** One act of somebody who does everything. */
async function act(phone: Phone, draw: (below: number) => number, n: number): Promise<void> {
  const { records } = phone;
  const notes = (await records.room(null, 500)).items;
  const note = notes[draw(Math.max(1, notes.length))];
  const pairs = (await records.between(null, 500)).items;
  const pair = pairs[draw(Math.max(1, pairs.length))];
  const waiting = (await records.today()).exchange?.mine;
  const acts: (() => Promise<unknown> | undefined)[] = [
    () => records.keepNote(`note ${n}`),
    () => records.keepNote(`another note ${n}`),
    () => note && records.changeNote(note.id, `changed ${n}`),
    () => note && records.removeNote(note.id),
    () => (waiting ? records.takeBack(waiting.id) : records.give(`true thing ${n}`, draw(2) === 0)),
    () => (waiting ? undefined : records.give(`another true thing ${n}`, draw(2) === 0)),
    () =>
      pair?.theirs.withdrawn === false
        ? records.respond(pair.theirs.id, 'words', `response ${n}`)
        : undefined,
    () => pair && records.takeBack(pair.mine.id),
  ];
  await acts[draw(acts.length)]?.();
}

describe('pages', () => {
  test.each([1, 2, 3])(
    'a_journal_opened_from_pages_equals_one_opened_record_by_record (seed %i)',
    async (seed) => {
      const draw = seeded(seed);
      const server = new MemoryServer();
      const paged = new Browser(small);
      const [ines, jonas] = [await phoneOn(server, paged), await phoneOn(server, new Browser(small))];
      await ines.records.begin('Ines');
      await jonas.records.begin('Jonas');
      await join(ines, jonas);
      const second = await phoneOn(server, paged);
      await until('it shares', () => Promise.resolve(within(second).live.shared()));
      for (let n = 0; n < 50; n++) {
        await act([ines, jonas, second][draw(3)] ?? ines, draw, n);
        if (draw(20) === 0) await ines.reload();
      }
      for (const phone of [ines, jonas, second]) await rest(phone);
      const words = (await ines.records.phrase()) ?? [];
      await ines.reload();
      const singly = new Browser(never);
      const other = await phoneOn(server, singly);
      await other.records.restore(words);
      for (const one of [other, second]) await one.reload();
      expect((await keptBy(paged)).pages.length).toBeGreaterThan(4);
      expect((await keptBy(singly)).pages).toEqual([]);
      // What waits is told to each device a moment later; then all three say the same.
      for (const one of [other, second]) {
        await until('they agree', async () => isDeepStrictEqual(await whole(ines), await whole(one))).catch(
          () => undefined,
        );
        expect(await whole(ines)).toEqual(await whole(one));
      }
    },
  );

  test('an_erased_record_is_gone_from_its_page', async () => {
    const server = new MemoryServer();
    const [hers, his] = [new Browser(small), new Browser(small)];
    const [ines, jonas] = [await phoneOn(server, hers), await phoneOn(server, his)];
    await ines.records.begin('Ines');
    await jonas.records.begin('Jonas');
    await join(ines, jonas);
    await ines.records.keepNote(`a note with ${canary}`);
    await exchange(ines, jonas, `a true thing with ${canary}`, 'his own');
    for (let n = 0; n < 6; n++) {
      await ines.records.keepNote(`note ${n}`);
      await exchange(ines, jonas, `hers ${n}`, `his ${n}`);
    }
    const found = async (phone: Phone, browser: Browser): Promise<number> =>
      (await textsOf(phone, (await keptBy(browser)).pages)).filter((text) => text.includes(canary)).length;
    for (const phone of [ines, jonas]) await rest(phone);
    // The control: both did lie in pages.
    expect([await found(ines, hers), await found(jonas, his)]).toEqual([2, 1]);

    const note = (await ines.records.room(null, 50)).items.find(({ text }) => text.includes(canary));
    await ines.records.removeNote(note?.id ?? '');
    await ines.records.takeBack((await ines.records.opened(0))?.mine.id ?? '');
    await until('he has heard', async () => (await jonas.records.opened(0))?.theirs.withdrawn);
    for (const phone of [ines, jonas]) await rest(phone);
    await until('it is gone', async () => (await found(ines, hers)) + (await found(jonas, his)) === 0);
    for (const phone of [ines, jonas]) {
      await phone.reload();
      const opened = await phone.records.opened(0);
      expect([opened?.mine, opened?.theirs].filter((given) => given?.withdrawn)).toHaveLength(1);
      expect((await phone.records.between(null, 50)).items).toHaveLength(7);
    }
    expect(await ines.records.note(note?.id ?? '')).toBeNull();
  });

  test('a_crash_between_page_and_rows_loses_nothing', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    for (let cut = 1; cut <= small + 1; cut++) {
      const server = new MemoryServer();
      const browser = new Browser(small);
      const phone = await phoneOn(server, browser);
      await phone.records.begin(null);
      crashAt(cut);
      for (let n = 0; n < small; n++) await phone.records.keepNote(`note ${n}`);
      await rest(phone);
      const crashed = await keptBy(browser);
      expect(crashed.pages, `cut at ${cut}`).toEqual([]);
      expect(missing(crashed), `cut at ${cut}`).toEqual([]);
      vi.mocked(MemoryObjectStore.prototype.put).mockRestore();
      await phone.reload();
      await rest(phone);
      const after = await keptBy(browser);
      expect(after.pages).toHaveLength(1);
      expect(missing(after)).toEqual([]);
      await phone.reload();
      expect((await phone.records.room(null, 9)).items).toHaveLength(small);
      // The control: had the page not been kept with its rows, this would have been seen.
      expect(missing({ ...after, pages: [] })).toHaveLength(small);
    }
  });

  test('a_page_that_the_disk_has_changed_is_counted_and_the_others_open', async () => {
    const browser = new Browser(small);
    const phone = await phoneOn(new MemoryServer(), browser);
    await phone.records.begin(null);
    for (let n = 0; n < small * 3; n++) await phone.records.keepNote(`note ${n}`);
    await rest(phone);
    await phone.reload();
    expect((await phone.records.standing()).refused).toBe(0);
    const second = (await keptBy(browser)).pages[1];
    if (!second) throw new Error('no second page');
    const changed = second.records.slice() as PageRow['records'];
    changed[40] = (changed[40] ?? 0) ^ 1;
    const db = await databaseOf(browser.factory);
    await db.put('pages', { ...second, records: changed });
    db.close();
    await phone.reload();
    expect((await phone.records.room(null, 50)).items).toHaveLength(small * 2);
    expect((await phone.records.standing()).refused).toBe(small);
  });

  test('what_is_refused_stays_as_it_came_beside_its_page', async () => {
    const server = new MemoryServer();
    const phone = await phoneOn(server, new Browser(never));
    await phone.records.begin(null);
    for (let n = 0; n < small * 2; n++) await phone.records.keepNote(`note ${n}`);
    await rest(phone);
    const log = [...server.spaces.values()][0]?.log ?? [];
    // One that nobody can judge does not make those behind it wrong.
    const [wire, sealed] = [log[2], log[2]?.sealed];
    if (!wire || !sealed) throw new Error('no such record');
    wire.author = 'A'.repeat(43);
    const browser = new Browser(small);
    const other = await phoneOn(server, browser);
    await other.records.restore((await phone.records.phrase()) ?? []);
    await rest(other);
    for (const opening of ['first', 'from pages']) {
      expect((await other.records.standing()).refused, opening).toBeGreaterThan(0);
      await other.reload();
    }
    const { rows, pages } = await keptBy(browser);
    expect(pages.length).toBeGreaterThan(0);
    expect(pages[0]?.left).toContain(3);
    expect(rows.find(({ seq }) => seq === 3)?.wire.sealed).toBe(sealed);
    expect(missing({ rows, pages })).toEqual([]);
  });
});

/** Seqs that stand neither whole in their row nor in a page. */
function missing({ pages, rows }: Kept): number[] {
  const held = (row: RecordRow): boolean =>
    pages.some(
      ({ space, first, last, left }) =>
        space === row.space && first <= row.seq && row.seq <= last && !left.includes(row.seq),
    );
  return rows.filter((row) => (row.wire.sealed === null) !== held(row)).map(({ seq }) => seq);
}

/** Ends the transaction that makes a page as soon as it has written for the n-th time. */
function crashAt(n: number): void {
  const put = MemoryObjectStore.prototype.put;
  const written = new Map<unknown, number>();
  vi.spyOn(MemoryObjectStore.prototype, 'put').mockImplementation(function (
    this: InstanceType<typeof MemoryObjectStore>,
    ...args
  ) {
    const request = put.apply(this, args);
    const tx = this.transaction;
    if ([...tx.objectStoreNames].join() !== 'pages,records') return request;
    const count = (written.get(tx) ?? 0) + 1;
    written.set(tx, count);
    if (count === n) request.addEventListener('success', () => tx.abort());
    return request;
  });
}
