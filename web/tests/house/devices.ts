/** @file Further devices of somebody, let in and removed, as the tests need it again and again. */
import { deviceOfEntry } from '../../src/vault/device_list';
import { join } from './couple';
import type { MemoryServer } from './memory_server';
import { roadTo } from './memory_road';
import { openPhone, type Phone } from './phone';

/** Another phone of the same person, by the twelve words. */
export async function restored(server: MemoryServer, words: readonly string[]): Promise<Phone> {
  const phone = await openPhone(roadTo(server));
  await phone.records.restore([...words]);
  return phone;
}

export interface Trio {
  server: MemoryServer;
  ines: Phone;
  jonas: Phone;
  /** A second phone of Jonas. */
  old: Phone;
  /** The twelve words of Jonas. */
  words: string[];
  shared: string;
  close(): void;
}

/** Ines and Jonas are joined, and Jonas has a second phone, which can be lost. */
export async function trio(server: MemoryServer): Promise<Trio> {
  const ines = await openPhone(roadTo(server));
  const jonas = await openPhone(roadTo(server));
  await ines.records.begin('Ines');
  await jonas.records.begin('Jonas');
  await join(ines, jonas);
  const words = (await jonas.records.phrase()) ?? [];
  const old = await restored(server, words);
  const shared = [...server.spaces].find(([, { kind }]) => kind === 'shared')?.[0] ?? '';
  const close = (): void => [ines, jonas, old].forEach((phone) => phone.close());
  return { server, ines, jonas, old, words, shared, close };
}

/** The id of the device that this phone is. */
export async function deviceOn(phone: Phone): Promise<string> {
  const here = (await phone.records.devices()).find((one) => one.here);
  if (!here) throw new Error('a phone that is on no list');
  return here.id;
}

export function entriesOf(server: MemoryServer, account: string): string[] {
  return (server.accounts.get(account)?.devices ?? []).map(deviceOfEntry);
}
