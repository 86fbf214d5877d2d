/** @file A new device of somebody, let in by one that is there. */
import { roadTo, type Weather } from './memory_road';
import type { MemoryServer } from './memory_server';
import { openPhone, type Phone, type Road, until } from './phone';

export async function newcomer(server: MemoryServer, weather?: Weather): Promise<Phone> {
  return openPhone(roadTo(server, weather));
}

/** Both see four words; neither has tapped anything. */
export async function meet(
  present: Phone,
  fresh: Phone,
  by: 'link' | 'code' = 'link',
): Promise<{ present: string[]; fresh: string[] }> {
  const invitation = await present.records.inviteDevice();
  await fresh.records.enterAsDevice(invitation[by] ?? '', 'Tablet');
  return { present: await wordsFor(present), fresh: await wordsFor(fresh) };
}

export function wordsFor(phone: Phone): Promise<string[]> {
  return until('the words are there', async () => (await phone.records.joining())?.words);
}

export async function letIn(present: Phone, fresh: Phone): Promise<void> {
  await meet(present, fresh);
  await present.records.confirmWords(true);
  await fresh.records.confirmWords(true);
  await livesHere(fresh);
}

export async function livesHere(phone: Phone): Promise<void> {
  await until('it is at home', async () => (await phone.records.standing()).stage === 'ready');
}

export async function openedOn(road: Road): Promise<Phone> {
  return openPhone(road);
}
