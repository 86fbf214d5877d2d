/** Two tabs of one phone: what is done in one appears in the other, and goes to the server once. */
import { afterEach, describe, expect, it } from 'vitest';
import { allSent, exchange, join, wordsOn } from '../house/couple';
import { roadTo } from '../house/memory_road';
import { MemoryServer } from '../house/memory_server';
import { Browser, openPhone, type Phone, until } from '../house/phone';

const phones: Phone[] = [];

async function tabs(server: MemoryServer): Promise<[Phone, Phone]> {
  const browser = new Browser();
  const both: [Phone, Phone] = [
    await openPhone(roadTo(server), browser),
    await openPhone(roadTo(server), browser),
  ];
  phones.push(...both);
  return both;
}

afterEach(() => {
  for (const one of phones.splice(0)) one.close();
});

describe('two tabs', () => {
  it('a life begun in one is there in the other', async () => {
    const [left, right] = await tabs(new MemoryServer());
    await left.records.begin('Ines');
    await until('it is there', async () => (await right.records.standing()).stage === 'ready');
    await right.records.keepNote('from the right');
    await until(
      'it is there',
      async () => (await left.records.room(null, 5)).items[0]?.text === 'from the right',
    );
  });

  it('what is written in one without a connection is seen in the other, and sent once', async () => {
    const server = new MemoryServer();
    const [left, right] = await tabs(server);
    await left.records.begin(null);
    await until('it is there', async () => (await right.records.standing()).stage === 'ready');
    left.goOffline();
    right.goOffline();
    for (const text of ['one', 'two', 'three']) await left.records.keepNote(text);
    await until('they are there', async () => (await right.records.room(null, 5)).items.length === 3);
    left.goOnline();
    right.goOnline();
    await allSent(left);
    await allSent(right);
    expect([...server.spaces.values()][0]?.log).toHaveLength(3);
    await until('none is pending', async () =>
      (await right.records.room(null, 5)).items.every((note) => !note.pending),
    );
  });

  it('a join begun in one can be ended in the other, and both then share', async () => {
    const server = new MemoryServer();
    const [left, right] = await tabs(server);
    const jonas = await openPhone(roadTo(server));
    phones.push(jonas);
    await left.records.begin('Ines');
    await jonas.records.begin('Jonas');
    await until('it is there', async () => (await right.records.standing()).stage === 'ready');
    await jonas.records.accept((await left.records.invite()).link ?? '');
    expect(await wordsOn(right)).toEqual(await wordsOn(jonas));
    await right.records.confirmWords(true);
    await jonas.records.confirmWords(true);
    for (const tab of [left, right]) {
      await until('it is joined', async () => (await tab.records.standing()).partner?.name === 'Jonas');
    }
    await left.records.give('from the left', false);
    await until(
      'it is there',
      async () => (await right.records.today()).exchange?.mine?.text === 'from the left',
    );
    await right.records.takeBack((await right.records.today()).exchange?.mine?.id ?? '');
    await until('it is gone', async () => (await left.records.today()).exchange?.state === 'nothing');
    await exchange(right, jonas, 'again', 'yes');
    await until('it is there', async () => (await left.records.opened(0))?.theirs.text === 'yes');
  });

  it('two people on two phones are not disturbed by a second tab', async () => {
    const server = new MemoryServer();
    const [left] = await tabs(server);
    const [jonas] = await tabs(server);
    await left.records.begin('Ines');
    await jonas.records.begin('Jonas');
    await join(left, jonas);
    await exchange(left, jonas, 'one', 'two');
    expect((await left.records.between(null, 5)).items).toHaveLength(1);
  });
});
