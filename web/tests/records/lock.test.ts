/** The lock keeps the person beside you out: what it shows, what it sends, and what opens it. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type LockTime, lockTime } from '../../src/records/lock';
import type { Seen } from '../../src/records/contract';
import type { Sealed } from '../../src/vault/sealed';
import { DeviceSeal } from '../../src/vault/device_seal';
import type { IdentityRow } from '../../src/store/rows';
import { agree, allSent, join } from '../house/couple';
import { roadTo } from '../house/memory_road';
import { MemoryServer } from '../house/memory_server';
import { Browser, openPhone, type Phone, until } from '../house/phone';
import { opened, placesOf, rowsOf } from '../house/search';

const canary = 'the words that nobody beside me may read';
const pin = '2580';
// Argon2id with 64 MiB is meant to take its time.
vi.setConfig({ testTimeout: 180_000 });

const phones: Phone[] = [];

afterEach(() => {
  for (const one of phones.splice(0)) one.close();
});

async function phoneOn(server: MemoryServer, browser = new Browser(), time = lockTime): Promise<Phone> {
  const phone = await openPhone(roadTo(server), browser, time);
  phones.push(phone);
  return phone;
}

/** Time that passes only while somebody waits. */
class StillTime implements LockTime {
  readonly waited: number[] = [];
  private at = 1_800_000_000_000;
  now = (): number => this.at;
  pass(ms: number): void {
    this.at += ms;
  }
  pause = (ms: number): Promise<void> => {
    this.waited.push(ms);
    this.at += ms;
    return Promise.resolve();
  };
}

async function alone(browser = new Browser(), time: LockTime = lockTime) {
  const server = new MemoryServer();
  const phone = await phoneOn(server, browser, time);
  await phone.records.begin('Ines');
  await phone.records.keepNote(canary);
  await allSent(phone);
  return { server, browser, phone };
}

const closed: [string, (seen: Seen) => Promise<unknown>][] = [
  ['today', (seen) => seen.today()],
  ['between', (seen) => seen.between(null, 5)],
  ['opened', (seen) => seen.opened(0)],
  ['room', (seen) => seen.room(null, 5)],
  ['note', (seen) => seen.note('AAAAAAAAAAAAAAAAAAAAAA')],
  ['draft', (seen) => seen.draft('note')],
  ['saveDraft', (seen) => seen.saveDraft('note', 'more')],
  ['phrase', (seen) => seen.phrase()],
  ['joining', (seen) => seen.joining()],
  ['keepNote', (seen) => seen.keepNote('more')],
  ['give', (seen) => seen.give('more', false)],
  ['begin', (seen) => seen.begin('Somebody else')],
  ['restore', (seen) => seen.restore([])],
  ['setLock', (seen) => seen.setLock('1111', 'pin')],
  ['removeLock', (seen) => seen.removeLock(pin)],
];

describe('while it is locked', () => {
  test('a_locked_device_shows_nothing_and_sends_nothing', async () => {
    const server = new MemoryServer();
    const [ines, jonas] = [await phoneOn(server), await phoneOn(server)];
    await ines.records.begin('Ines');
    await jonas.records.begin('Jonas');
    await join(ines, jonas);
    await agree(ines, jonas);
    await ines.records.keepNote(canary);
    await ines.records.saveDraft('truth', `${canary}, half written`);
    await allSent(ines);
    ines.goOffline();
    await ines.records.keepNote('written without a connection');
    await ines.records.setLock(pin, 'pin');
    const before = { sent: ines.wire.sent.length, worker: memoriesOf(ines) };
    // The control: the search does find what is there.
    expect(placesOf(canary, before.worker)).not.toEqual([]);
    await ines.records.lockNow();
    ines.goOnline();

    for (const [name, call] of closed) {
      await expect(call(ines.records), name).rejects.toMatchObject({ code: 'locked' });
    }
    const standing = await ines.records.standing();
    expect(standing).toMatchObject({ stage: 'locked', lock: 'pin', name: null, partner: null, unsent: 0 });
    expect(placesOf(canary, before.worker)).toEqual([]);
    expect(placesOf(canary, ines.inside())).toEqual([]);
    expect(placesOf('Jonas', ines.inside())).toEqual([]);
    await jonas.records.give('while she is away', true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ines.wire.sent).toHaveLength(before.sent);

    expect(await ines.records.unlock(pin)).toBe(true);
    await allSent(ines);
    expect((await ines.records.room(null, 5)).items.map(({ text }) => text)).toEqual([
      'written without a connection',
      canary,
    ]);
    expect(await ines.records.draft('truth')).toBe(`${canary}, half written`);
    await until('she hears of his', async () => (await ines.records.today()).exchange?.theirsWaits);
  });

  test('what_was_being_kept_when_it_was_locked_is_there_once_afterwards', async () => {
    const { phone } = await alone();
    await phone.records.setLock(pin, 'pin');
    const keeping = phone.records.keepNote('as the phone was put down');
    const drafting = phone.records.saveDraft('truth', 'half a sentence');
    await phone.records.lockNow();
    await Promise.all([keeping, drafting]);
    await phone.records.unlock(pin);
    const texts = (await phone.records.room(null, 9)).items.map(({ text }) => text);
    expect(texts).toEqual(['as the phone was put down', canary]);
    expect(await phone.records.draft('truth')).toBe('half a sentence');
  });

  test('a_reload_and_a_second_tab_are_locked_too', async () => {
    const { server, browser, phone } = await alone();
    await phone.records.setLock(pin, 'pin');
    await phone.reload();
    expect((await phone.records.standing()).stage).toBe('locked');
    const second = await phoneOn(server, browser);
    expect((await second.records.standing()).stage).toBe('locked');
    expect(await second.records.unlock(pin)).toBe(true);
    expect((await second.records.room(null, 5)).items[0]?.text).toBe(canary);
  });

  test('other_tabs_lock_too', async () => {
    const { server, browser, phone } = await alone();
    const second = await phoneOn(server, browser);
    await phone.records.setLock(pin, 'pin');
    await until('it has heard', async () => (await second.records.standing()).lock === 'pin');
    expect((await second.records.standing()).stage).toBe('ready');
    await phone.records.lockNow();
    await until('it is locked', async () => (await second.records.standing()).stage === 'locked');
    await expect(second.records.room(null, 5)).rejects.toMatchObject({ code: 'locked' });
    expect(placesOf(canary, second.inside())).toEqual([]);
    await phone.records.unlock(pin);
    await phone.records.removeLock(pin);
    await until('it is open', async () => (await second.records.standing()).stage === 'ready');
  });

  test('everything_can_be_removed_and_the_twelve_words_bring_it_back', async () => {
    const { server, browser, phone } = await alone();
    const words = (await phone.records.phrase()) ?? [];
    const second = await phoneOn(server, browser);
    await phone.records.setLock(pin, 'pin');
    await phone.records.lockNow();
    await phone.records.clearDevice();
    await until('the other has heard', async () => (await second.records.standing()).stage === 'none');
    expect(await phone.records.standing()).toMatchObject({ stage: 'none', lock: 'none' });
    const left = await rowsOf(browser.factory);
    expect({ ...left, facts: [] }).toEqual({ ...left, ...emptied(left), facts: [] });
    await phone.records.restore(words);
    expect((await phone.records.room(null, 5)).items[0]?.text).toBe(canary);
  });
});

describe('what opens it', () => {
  test('the_right_pin_opens_and_a_wrong_one_waits_longer_each_time', async () => {
    const time = new StillTime();
    const { phone } = await alone(new Browser(), time);
    await phone.records.setLock(pin, 'pin');
    await phone.records.lockNow();
    const told: number[] = [];
    for (let wrong = 0; wrong < 8; wrong++) {
      expect(await phone.records.unlock('0000')).toBe(false);
      told.push((await phone.records.lockState()).waitsMs);
    }
    expect(told).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1000));
    expect(time.waited).toEqual(told.slice(0, -1));
    expect(await phone.records.unlock(pin)).toBe(true);
    expect(time.waited).toEqual(told);
    expect((await phone.records.lockState()).waitsMs).toBe(0);
    expect((await phone.records.room(null, 5)).items[0]?.text).toBe(canary);
  });

  test('a_reload_does_not_forget_wrong_tries', async () => {
    const time = new StillTime();
    const { server, browser, phone } = await alone(new Browser(), time);
    await phone.records.setLock(pin, 'pin');
    await phone.records.lockNow();
    for (let wrong = 0; wrong < 3; wrong++) await phone.records.unlock('0000');
    await phone.reload();
    expect((await phone.records.lockState()).waitsMs).toBe(4000);
    const second = await phoneOn(server, browser, time);
    expect(await second.records.unlock('0000')).toBe(false);
    expect(time.waited.at(-1)).toBe(4000);
    expect((await phone.records.lockState()).waitsMs).toBe(8000);
    time.pass(8000);
    expect(await phone.records.unlock(pin)).toBe(true);
    expect(time.waited).toHaveLength(3);
  });

  test('tries_in_two_tabs_at_once_wait_for_one_another', async () => {
    const time = new StillTime();
    const { server, browser, phone } = await alone(new Browser(), time);
    const second = await phoneOn(server, browser, time);
    await phone.records.setLock(pin, 'pin');
    await phone.records.lockNow();
    await until('it is locked', async () => (await second.records.standing()).stage === 'locked');
    await Promise.all([phone.records.unlock('0000'), second.records.unlock('1111')]);
    expect(time.waited).toEqual([1000]);
  });

  test('setting_a_lock_leaves_no_key_that_opens_without_it', async () => {
    const { browser, phone } = await alone();
    // The control: without a lock, what the browser keeps opens everything.
    expect(await openedBySAlone(browser)).toContain('seeds');
    await phone.records.setLock('a long enough sentence', 'passphrase');
    expect(await openedBySAlone(browser)).toEqual(['lock/passphrase']);
    await phone.records.setLock(pin, 'pin', 'a long enough sentence');
    expect(await openedBySAlone(browser)).toEqual(['lock/pin']);
    await phone.records.removeLock(pin);
    expect(await openedBySAlone(browser)).toContain('seeds');
  });

  test('it_is_changed_and_removed_only_by_who_knows_it', async () => {
    const time = new StillTime();
    const { phone } = await alone(new Browser(), time);
    await phone.records.setLock(pin, 'pin');
    await expect(phone.records.setLock('1111', 'pin')).rejects.toMatchObject({ code: 'lock_wrong' });
    await expect(phone.records.setLock('1111', 'pin', '0000')).rejects.toMatchObject({ code: 'lock_wrong' });
    await expect(phone.records.removeLock('0000')).rejects.toMatchObject({ code: 'lock_wrong' });
    expect(time.waited).toEqual([1000]);
    await phone.records.setLock('çafé au lait', 'passphrase', pin);
    await phone.records.lockNow();
    expect(await phone.records.unlock(pin)).toBe(false);
    expect(await phone.records.unlock('c\u0327afe\u0301 au lait')).toBe(true);
    await phone.records.removeLock('çafé au lait');
    await phone.reload();
    expect(await phone.records.standing()).toMatchObject({ stage: 'ready', lock: 'none' });
  });

  test.each([
    ['pin', 'of_three_digits', '123', 'lock_too_short'],
    ['pin', 'of_thirteen_digits', '1234567890123', 'lock_too_long'],
    ['pin', 'with_a_letter', '12a4', 'lock_not_digits'],
    ['passphrase', 'of_seven_characters', 'seven 7', 'lock_too_short'],
    ['passphrase', 'without_an_end', 'x'.repeat(1001), 'lock_too_long'],
  ] as const)('a_%s_%s_is_not_set', async (kind, _what, secret, code) => {
    const { phone } = await alone();
    await expect(phone.records.setLock(secret, kind)).rejects.toMatchObject({ code });
    expect((await phone.records.standing()).lock).toBe('none');
  });
});

/** The memory of the core as it stands, found through what the worker holds. */
function memoriesOf(phone: Phone): WebAssembly.Memory[] {
  const { house } = phone.inside() as unknown as {
    house: { core: { exports: { memory: WebAssembly.Memory } } };
  };
  return [house.core.exports.memory];
}

function emptied(rows: Record<string, unknown[]>): Record<string, unknown[]> {
  return Object.fromEntries(Object.keys(rows).map((name) => [name, []]));
}

/** What opens to somebody who has the database and the key that the browser keeps, and every key found on the way. */
async function openedBySAlone(browser: Browser): Promise<string[]> {
  const db = await opened(browser.factory);
  const fact = async <T>(name: string): Promise<T> => (await db.get('facts', name)) as T;
  const identity = await fact<IdentityRow>('identity');
  const { wrapped } = await fact<{ wrapped: Sealed }>('dataKey');
  const keys = [new DeviceSeal(await fact<CryptoKey>('sealKey'))];
  db.close();
  const boxes: [string, Sealed][] = ['data-key/none', 'data-key/pin', 'data-key/passphrase']
    .concat('lock/pin', 'lock/passphrase')
    .map((place) => [place, wrapped]);
  boxes.push(['seeds', identity.seeds]);
  const found: string[] = [];
  for (const key of keys) {
    for (const [place, box] of boxes) {
      const plain = await key.open(place, box).catch(() => null);
      if (!plain) continue;
      found.push(place);
      if (plain.length === 32) {
        const raw = new Uint8Array(plain);
        keys.push(new DeviceSeal(await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt'])));
      }
    }
  }
  return found;
}
