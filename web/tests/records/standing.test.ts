/** What a device says of where it stands, and how one note is found. */
import { afterEach, describe, expect, it } from 'vitest';
import { asSealed, receivedSealed, sealedBytes } from '../../src/vault/sealed';
import { allSent } from '../house/couple';
import { roadTo } from '../house/memory_road';
import { MemoryServer } from '../house/memory_server';
import { openPhone, type Phone, until } from '../house/phone';

const phones: Phone[] = [];

async function phoneOn(server: MemoryServer): Promise<Phone> {
  const phone = await openPhone(roadTo(server));
  phones.push(phone);
  return phone;
}

/** A life with as many notes, all of them on the server. */
async function lifeWith(server: MemoryServer, notes: readonly string[]): Promise<Phone> {
  const phone = await phoneOn(server);
  await phone.records.begin(null);
  for (const text of notes) await phone.records.keepNote(text);
  await allSent(phone);
  // The answer to a sending comes before the record itself has been taken in.
  await until('all have their places', async () =>
    (await phone.records.room(null, 50)).items.every(({ pending }) => !pending),
  );
  return phone;
}

function damage(server: MemoryServer, place: number): void {
  const wire = [...server.spaces.values()][0]?.log[place];
  if (!wire?.sealed) throw new Error('nothing is there to be damaged');
  const bytes = sealedBytes(receivedSealed(wire.sealed));
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  wire.sealed = asSealed(bytes);
}

afterEach(() => {
  for (const one of phones.splice(0)) one.close();
});

describe('a server that has forgotten an account', () => {
  it('is told, until it knows the account again', async () => {
    const server = new MemoryServer();
    const phone = await lifeWith(server, ['still here']);
    expect((await phone.records.standing()).forgotten).toBe(false);
    const accounts = [...server.accounts];
    server.accounts.clear();
    server.forgetSessions();
    await phone.reload();
    await until('it is told', async () => (await phone.records.standing()).forgotten);
    expect((await phone.records.room(null, 5)).items).toMatchObject([{ text: 'still here' }]);
    for (const [id, member] of accounts) server.accounts.set(id, member);
    phone.goOnline();
    await until('it is well again', async () => !(await phone.records.standing()).forgotten);
  });

  it('is not mistaken for a missing connection', async () => {
    const phone = await lifeWith(new MemoryServer(), ['still here']);
    phone.goOffline();
    await phone.reload();
    await until('it is known', async () => (await phone.records.standing()).connection === 'offline');
    expect((await phone.records.standing()).forgotten).toBe(false);
  });
});

describe('records of which a check failed', () => {
  it('are counted once, before and after the app opens again, and the others are shown', async () => {
    const server = new MemoryServer();
    const phone = await lifeWith(server, ['one', 'two', 'three', 'four']);
    expect((await phone.records.standing()).refused).toBe(0);
    damage(server, 1);
    damage(server, 2);
    const other = await phoneOn(server);
    await other.records.restore((await phone.records.phrase()) ?? []);
    const texts = async (): Promise<string[]> =>
      (await other.records.room(null, 9)).items.map(({ text }) => text);
    // What stands in the chain behind a damaged one cannot be told from what was left out, and is refused with it.
    for (const opening of ['first', 'second']) {
      expect(await texts(), opening).toEqual(['one']);
      expect((await other.records.standing()).refused, opening).toBe(3);
      await other.reload();
    }
    await other.records.keepNote('five');
    await allSent(other);
    expect((await other.records.standing()).refused).toBe(3);
  });
});

describe('one note', () => {
  it('is found by its id, waiting or kept, and not after it was removed', async () => {
    const phone = await lifeWith(new MemoryServer(), ['kept']);
    phone.goOffline();
    await phone.records.keepNote('waiting');
    const [waiting, kept] = (await phone.records.room(null, 5)).items;
    expect(await phone.records.note(waiting?.id ?? '')).toMatchObject({ text: 'waiting', seq: null });
    expect(await phone.records.note(kept?.id ?? '')).toMatchObject({ text: 'kept', seq: 1 });
    await phone.records.removeNote(kept?.id ?? '');
    expect(await phone.records.note(kept?.id ?? '')).toBeNull();
    expect(await phone.records.note('AAAAAAAAAAAAAAAAAAAAAA')).toBeNull();
  });

  it('stands on one page only, whatever still waits in front', async () => {
    const phone = await lifeWith(
      new MemoryServer(),
      Array.from({ length: 7 }, (_, at) => `note ${at}`),
    );
    phone.goOffline();
    await phone.records.keepNote('waiting');
    const seen: string[] = [];
    let before: number | null = null;
    for (let more = true; more;) {
      const page = await phone.records.room(before, 3);
      seen.push(...page.items.map(({ text }) => text));
      before = page.items.at(-1)?.seq ?? null;
      more = page.more;
    }
    expect(seen).toEqual(['waiting', ...Array.from({ length: 7 }, (_, at) => `note ${6 - at}`)]);
  });
});
