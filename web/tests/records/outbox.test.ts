/** What is written goes once and in order, whatever the network does. The seed of a failing case is in its name. */
import { afterEach, describe, expect, it } from 'vitest';
import { roadTo } from '../house/memory_road';
import { MemoryServer } from '../house/memory_server';
import { openPhone, type Phone, until } from '../house/phone';
import { seeded } from '../house/seeded';

const phones: Phone[] = [];

afterEach(() => {
  for (const one of phones.splice(0)) one.close();
});

async function phoneIn(server: MemoryServer, lossOf: () => boolean): Promise<Phone> {
  const weather = (_when: string, _method: string, path: string): void => {
    if (path.endsWith('/records') && lossOf()) throw new TypeError('lost');
  };
  const phone = await openPhone(roadTo(server, weather));
  phones.push(phone);
  return phone;
}

describe('the outbox', () => {
  it.each([1, 2, 3])(
    'keeps order and sends once when requests and answers are lost (seed %i)',
    async (seed) => {
      const server = new MemoryServer();
      const draw = seeded(seed);
      const phone = await phoneIn(server, () => draw(3) === 0);
      await phone.records.begin(null);
      const texts = Array.from({ length: 8 }, (_, n) => `note ${n}`);
      for (const text of texts) await phone.records.keepNote(text);
      await until('all is kept', async () => {
        // A person who looks at the phone wakes it: no need to wait for the next try.
        phone.goOnline();
        return (await phone.records.standing()).unsent === 0;
      });
      const log = [...server.spaces.values()][0]?.log ?? [];
      expect(log).toHaveLength(8);
      expect(new Set(log.map(({ id }) => id)).size).toBe(8);
      const other = await openPhone(roadTo(server));
      phones.push(other);
      await other.records.restore((await phone.records.phrase()) ?? []);
      const read = (await other.records.room(null, 20)).items.map((note) => note.text);
      expect(read.reverse()).toEqual(texts);
    },
  );

  it('sends the very same bytes again after a reload', async () => {
    const server = new MemoryServer();
    let lossy = true;
    const phone = await phoneIn(server, () => lossy);
    await phone.records.begin(null);
    await phone.records.keepNote('once');
    const posts = (): string[] =>
      phone.wire.sent
        .filter(({ method, path }) => method === 'POST' && path.endsWith('/records'))
        .map(({ body }) => body);
    await until('it was tried', async () => posts().length > 0);
    await phone.reload();
    lossy = false;
    phone.goOnline();
    await until('it is kept', async () => (await phone.records.standing()).unsent === 0);
    expect(new Set(posts()).size).toBe(1);
    expect(posts().length).toBeGreaterThan(1);
  });

  it('shows what is not sent yet as pending, and as kept afterwards', async () => {
    const server = new MemoryServer();
    const phone = await phoneIn(server, () => false);
    await phone.records.begin(null);
    phone.goOffline();
    await phone.records.keepNote('in the tunnel');
    expect((await phone.records.room(null, 5)).items).toMatchObject([
      { text: 'in the tunnel', pending: true },
    ]);
    phone.goOnline();
    const note = await until('it is kept', async () => {
      const [first] = (await phone.records.room(null, 5)).items;
      return first?.pending === false && first;
    });
    expect(note.text).toBe('in the tunnel');
  });

  it('signs in again when the server has restarted', async () => {
    const server = new MemoryServer();
    const phone = await phoneIn(server, () => false);
    await phone.records.begin(null);
    await phone.records.keepNote('before');
    await until('it is kept', async () => (await phone.records.standing()).unsent === 0);
    server.forgetSessions();
    await phone.records.keepNote('after');
    await until('it is kept', async () => (await phone.records.standing()).unsent === 0);
    expect([...server.spaces.values()][0]?.log).toHaveLength(2);
  });
});
