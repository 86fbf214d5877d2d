/** Two people over a server in memory: what each of them has after each step. */
import { afterEach, describe, expect, it } from 'vitest';
import { allSent, compare, exchange, join, wordsOn } from '../house/couple';
import { MemoryServer } from '../house/memory_server';
import { openPhone, type Phone, type Road, until } from '../house/phone';

const phones: Phone[] = [];

function roadTo(server: MemoryServer): Road {
  return {
    origin: 'https://seen.example',
    fetch: async (url, init) => {
      const { pathname, search } = new URL(url);
      const token = (init.headers as Record<string, string>)['Authorization']?.slice(7) ?? null;
      const body = init.body ? (JSON.parse(String(init.body)) as never) : ({} as never);
      return server.answer(init.method ?? 'GET', pathname + search, body, token);
    },
    connect: () => server.follow(),
  };
}

async function phone(server: MemoryServer): Promise<Phone> {
  const made = await openPhone(roadTo(server));
  phones.push(made);
  return made;
}

async function couple(
  server = new MemoryServer(),
): Promise<{ server: MemoryServer; ines: Phone; jonas: Phone }> {
  const [ines, jonas] = [await phone(server), await phone(server)];
  await ines.records.begin('Ines');
  await jonas.records.begin('Jonas');
  return { server, ines, jonas };
}

afterEach(() => {
  for (const one of phones.splice(0)) one.close();
});

describe('two phones', () => {
  it('both see the same four words, and are joined when both have said so', async () => {
    const { ines, jonas } = await couple();
    const words = await compare(ines, jonas);
    expect(words.ines).toEqual(words.jonas);
    expect(words.ines).toHaveLength(4);
    await ines.records.confirmWords(true);
    expect((await ines.records.standing()).partner).toBeNull();
    await jonas.records.confirmWords(true);
    await until('both are joined', async () => (await ines.records.standing()).partner);
    expect((await ines.records.standing()).partner).toEqual({ name: 'Jonas', colour: 'tide' });
    expect((await jonas.records.standing()).partner).toEqual({ name: 'Ines', colour: 'ember' });
  });

  it('a true thing waits unseen until the other has given, then both open at once', async () => {
    const { ines, jonas } = await couple();
    await join(ines, jonas);
    await ines.records.give('I was afraid to ask.', true);
    await until('he is told', async () => (await jonas.records.today()).exchange?.theirsWaits);
    expect((await jonas.records.between(null, 5)).items).toEqual([]);
    await jonas.records.give('I miss our walks.', true);
    const his = await until('it is open', async () => (await jonas.records.today()).toReceive);
    const hers = await until('it is open', async () => (await ines.records.today()).toReceive);
    expect([his.theirs.text, hers.theirs.text]).toEqual(['I was afraid to ask.', 'I miss our walks.']);
  });

  it('a response reaches the one who gave', async () => {
    const { ines, jonas } = await couple();
    await join(ines, jonas);
    await exchange(ines, jonas, 'one', 'two');
    const opened = await jonas.records.opened(0);
    await jonas.records.respond(opened?.theirs.id ?? '', 'words', 'Thank you for telling me.');
    const answered = await until('she has it', async () => (await ines.records.opened(0))?.mine.response);
    expect(answered).toMatchObject({ kind: 'words', text: 'Thank you for telling me.' });
  });

  it('taking back what waits lets nothing of it reach the other', async () => {
    const { server, ines, jonas } = await couple();
    await join(ines, jonas);
    await ines.records.give('not yet', true);
    await until('he is told', async () => (await jonas.records.today()).exchange?.theirsWaits);
    const waiting = (await ines.records.today()).exchange?.mine?.id ?? '';
    await ines.records.takeBack(waiting);
    expect((await ines.records.today()).exchange?.state).toBe('nothing');
    await until('he is told it is quiet', async () => !(await jonas.records.today()).exchange?.theirsWaits);
    expect([...server.spaces.values()].flatMap((space) => [...space.held.values()])).toEqual([]);
    await exchange(ines, jonas, 'now', 'yes');
  });

  it('taking back what was opened leaves its place and no words, here and there', async () => {
    const { server, ines, jonas } = await couple();
    await join(ines, jonas);
    await exchange(ines, jonas, 'one', 'two');
    const id = (await ines.records.opened(0))?.mine.id ?? '';
    await ines.records.takeBack(id);
    await until('it is gone', async () => (await jonas.records.opened(0))?.theirs.withdrawn);
    expect((await jonas.records.opened(0))?.theirs.text).toBeNull();
    const kept = [...server.spaces.values()].flatMap((space) => space.log).find((record) => record.id === id);
    expect(kept?.sealed).toBeNull();
    await ines.records.takeBack(id);
  });

  it('a reload in the middle of joining goes on where it was, with the same words', async () => {
    const { ines, jonas } = await couple();
    const words = await compare(ines, jonas);
    await ines.reload();
    await jonas.reload();
    expect(await wordsOn(ines)).toEqual(words.ines);
    await ines.records.confirmWords(true);
    await ines.reload();
    expect((await ines.records.joining())?.iConfirmed).toBe(true);
    await jonas.records.confirmWords(true);
    await until('she is joined', async () => (await ines.records.standing()).partner);
  });

  it('when they differ, nobody is joined', async () => {
    const { server, ines, jonas } = await couple();
    await compare(ines, jonas);
    expect((await jonas.records.confirmWords(false)).stage).toBe('ended');
    await until('she sees it', async () => (await ines.records.joining())?.stage === 'ended');
    expect([...server.spaces.values()].every((space) => space.kind === 'room')).toBe(true);
  });

  it('twelve words bring back the whole history on another phone', async () => {
    const { server, ines, jonas } = await couple();
    await join(ines, jonas);
    await exchange(ines, jonas, 'one', 'two');
    await ines.records.keepNote('a note to myself');
    await allSent(ines);
    const other = await phone(server);
    await other.records.restore((await ines.records.phrase()) ?? []);
    expect(await other.records.between(null, 10)).toEqual(await ines.records.between(null, 10));
    expect((await other.records.room(null, 10)).items.map((note) => note.text)).toEqual(['a note to myself']);
    expect((await other.records.standing()).partner?.name).toBe('Jonas');
    await other.records.give('from the new phone', false);
    await jonas.records.give('seen', false);
    const theirs = await until('it opens', async () => (await jonas.records.opened(1))?.theirs.text);
    expect(theirs).toBe('from the new phone');
  });

  it('what is given without a connection goes once, when there is one', async () => {
    const { server, ines, jonas } = await couple();
    await join(ines, jonas);
    ines.goOffline();
    await ines.records.give('written on the train', false);
    await ines.records.keepNote('tunnel');
    expect((await ines.records.standing()).unsent).toBe(2);
    await ines.reload();
    expect((await ines.records.today()).exchange?.mine?.text).toBe('written on the train');
    ines.goOnline();
    await allSent(ines);
    const held = [...server.spaces.values()].flatMap((space) => [...space.held.values()]);
    expect(held).toHaveLength(1);
  });

  it('a life begun without a connection is registered when there is one', async () => {
    const server = new MemoryServer();
    const ines = await phone(server);
    ines.goOffline();
    await ines.records.begin('Ines');
    await ines.records.keepNote('first');
    await expect(ines.records.invite()).rejects.toMatchObject({ code: 'offline' });
    expect(server.accounts.size).toBe(0);
    ines.goOnline();
    await allSent(ines);
    expect(server.accounts.size).toBe(1);
    expect((await ines.records.invite()).link).toContain('#join=');
  });
});
