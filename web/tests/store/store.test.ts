/** The store: what fails in a browser's storage is told apart, and two tabs do not undo one another. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeIn } from '../../src/records/arrival';
import { StoreError, told } from '../../src/store/errors';
import { Store } from '../../src/store/store';
import { DeviceSeal } from '../../src/vault/device_seal';
import { receivedSealed } from '../../src/vault/sealed';
import { openVault } from '../../src/vault/sodium';
import { pair, recordOf } from '../house/people';

beforeAll(openVault);
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('the store', () => {
  it('says so when a browser has no storage', async () => {
    const there = globalThis.indexedDB;
    Reflect.deleteProperty(globalThis, 'indexedDB');
    await expect(Store.open('')).rejects.toMatchObject({ fault: 'storage_missing' });
    globalThis.indexedDB = there;
  });

  it('tells a full disk from a missing one, and leaves other errors as they are', async () => {
    const failing = (name: string): Promise<never> => told(() => Promise.reject(new DOMException('', name)));
    await expect(failing('QuotaExceededError')).rejects.toMatchObject({ fault: 'storage_full' });
    await expect(failing('InvalidStateError')).rejects.toMatchObject({ fault: 'storage_missing' });
    await expect(failing('DataError')).rejects.not.toBeInstanceOf(StoreError);
  });

  it('two tabs get one wrapping key', async () => {
    const [one, two] = [await Store.open(''), await Store.open('')];
    const [a, b] = await Promise.all([one.sealKey(DeviceSeal.makeKey), two.sealKey(DeviceSeal.makeKey)]);
    const sealed = await new DeviceSeal(a).seal('x', new Uint8Array([1]));
    expect(await new DeviceSeal(b).open('x', sealed)).toEqual(new Uint8Array([1]));
  });

  it('the same page from two tabs is kept once, and the head moves with it', async () => {
    const people = pair();
    const [one, two] = [await Store.open(''), await Store.open('')];
    await one.changeSpace(people.space, () => people.row);
    const page = [recordOf(people, people.jonas, 1)];
    const take = (store: Store): Promise<boolean> =>
      store.arrive(people.space, (row) => takeIn(row, page, people.ines.keys, people.members));
    expect((await Promise.all([take(one), take(two)])).sort()).toEqual([false, true]);
    expect((await two.space(people.space))?.head).toBe(1);
    expect(await one.recordsAfter(people.space, 0, 10)).toHaveLength(1);
  });

  it('a page of which nothing can be kept leaves the head where it was', async () => {
    const people = pair();
    const store = await Store.open('');
    await store.changeSpace(people.space, () => people.row);
    const broken = store.arrive(people.space, () => {
      throw new Error('a fault while checking');
    });
    await expect(broken).rejects.toThrow('a fault while checking');
    expect((await store.space(people.space))?.head).toBe(0);
  });

  it('another profile is another store', async () => {
    const [ines, jonas] = [await Store.open('ines'), await Store.open('jonas')];
    await ines.setDraft('note', receivedSealed('AAAA'));
    expect(await jonas.draft('note')).toBeUndefined();
  });
});
