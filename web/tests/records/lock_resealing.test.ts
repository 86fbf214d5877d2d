/** A database of the first version, in which the browser's own key sealed everything, opens with nothing lost. */
import { openDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import type { IdentityRow, OutboxRow, SpaceRow } from '../../src/store/rows';
import { DeviceSeal } from '../../src/vault/device_seal';
import { importDataKey, unwrapDataKey, type WrappedKey } from '../../src/vault/lock';
import type { Sealed } from '../../src/vault/sealed';
import { allSent, compare, wordsOn } from '../house/couple';
import { roadTo } from '../house/memory_road';
import { MemoryServer } from '../house/memory_server';
import { Browser, openPhone, type Phone } from '../house/phone';
import { rowsOf } from '../house/search';

const phones: Phone[] = [];

afterEach(() => {
  for (const one of phones.splice(0)) one.close();
});

type Rows = Record<string, { key: IDBValidKey; value: unknown }[]>;

async function phoneOn(server: MemoryServer, browser = new Browser()): Promise<Phone> {
  const phone = await openPhone(roadTo(server), browser);
  phones.push(phone);
  return phone;
}

/** The same life as the first version kept it: sealed under S, and no data key. */
async function asFirstVersion(rows: Rows): Promise<Browser> {
  const facts = new Map((rows['facts'] ?? []).map(({ key, value }) => [key, value]));
  const s = facts.get('sealKey') as CryptoKey;
  const raw = await unwrapDataKey(s, facts.get('dataKey') as WrappedKey, null);
  if (!raw) throw new Error('no data key');
  const [from, to] = [new DeviceSeal(await importDataKey(raw)), new DeviceSeal(s)];
  const back = async (place: string, sealed: Sealed): Promise<Sealed> =>
    to.seal(place, await from.open(place, sealed));

  const identity = facts.get('identity') as IdentityRow;
  const entropy = identity.entropy && (await back('entropy', identity.entropy));
  facts.set('identity', { ...identity, seeds: await back('seeds', identity.seeds), entropy });
  if (facts.has('joining')) facts.set('joining', await back('joining', facts.get('joining') as Sealed));
  facts.delete('dataKey');

  const browser = new Browser();
  globalThis.indexedDB = browser.factory;
  const db = await openDB('seen', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('facts');
      fresh.createObjectStore('spaces', { keyPath: 'space' });
      const records = fresh.createObjectStore('records', { keyPath: ['space', 'seq'] });
      records.createIndex('id', ['space', 'id']);
      fresh.createObjectStore('held', { keyPath: ['space', 'id'] });
      fresh.createObjectStore('outbox', { keyPath: 'n', autoIncrement: true });
      fresh.createObjectStore('drafts');
    },
  });
  for (const [name, value] of facts) await db.put('facts', value, name);
  for (const { value } of rows['spaces'] ?? []) {
    const row = value as SpaceRow;
    const key = row.keys[1];
    if (key) await db.put('spaces', { ...row, keys: { 1: await back(`key/${row.space}/1`, key) } });
  }
  for (const { value } of rows['outbox'] ?? []) {
    const row = value as OutboxRow;
    const sealed = row.kind === 'record' ? await back(`outbox/${row.id}`, row.draft) : null;
    await db.put('outbox', sealed === null ? row : { ...row, draft: sealed });
  }
  for (const { key, value } of rows['drafts'] ?? []) {
    await db.put('drafts', await back(`draft/${String(key)}`, value as Sealed), key);
  }
  for (const name of ['records', 'held']) for (const { value } of rows[name] ?? []) await db.put(name, value);
  db.close();
  return browser;
}

test('a_database_without_a_data_key_gets_one_and_loses_nothing', async () => {
  const server = new MemoryServer();
  const first = new Browser();
  const [ines, jonas] = [await phoneOn(server, first), await phoneOn(server)];
  await ines.records.begin('Ines');
  await jonas.records.begin('Jonas');
  await ines.records.keepNote('kept');
  await allSent(ines);
  const words = await compare(ines, jonas);
  ines.goOffline();
  await ines.records.keepNote('waits to go');
  await ines.records.saveDraft('truth', 'half a sentence');
  const phrase = await ines.records.phrase();
  ines.close();

  const browser = await asFirstVersion((await rowsOf(first.factory)) as Rows);
  expect((await rowsOf(browser.factory))['facts']?.map((row) => (row as { key: string }).key)).not.toContain(
    'dataKey',
  );
  const again = await phoneOn(server, browser);
  expect((await again.records.room(null, 5)).items.map(({ text }) => text)).toEqual(['waits to go', 'kept']);
  expect(await again.records.draft('truth')).toBe('half a sentence');
  expect(await again.records.phrase()).toEqual(phrase);
  expect(await wordsOn(again)).toEqual(words.ines);
  await allSent(again);
  await again.records.setLock('2580', 'pin');
  await again.reload();
  expect((await again.records.standing()).stage).toBe('locked');
  await again.records.unlock('2580');
  expect((await again.records.room(null, 5)).items.map(({ text }) => text)).toEqual(['waits to go', 'kept']);
});

test('two_tabs_that_open_an_old_database_at_once_agree_on_one_key', async () => {
  const server = new MemoryServer();
  const first = new Browser();
  const ines = await phoneOn(server, first);
  await ines.records.begin('Ines');
  await ines.records.keepNote('kept');
  await allSent(ines);
  ines.close();
  const browser = await asFirstVersion((await rowsOf(first.factory)) as Rows);
  const tabs = await Promise.all([phoneOn(server, browser), phoneOn(server, browser)]);
  for (const tab of tabs) expect((await tab.records.room(null, 5)).items[0]?.text).toBe('kept');
  await tabs[0]?.reload();
  expect((await tabs[0]?.records.room(null, 5))?.items[0]?.text).toBe('kept');
});
