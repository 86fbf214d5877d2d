/** What the server will never take stays on the phone, is counted, and holds up nothing that was written after it. */
import { afterEach, describe, expect, it } from 'vitest';
import { agree, allSent, exchange, join } from '../house/couple';
import { roadTo } from '../house/memory_road';
import { MemoryServer } from '../house/memory_server';
import { openPhone, type Phone, type Road, until } from '../house/phone';

const phones: Phone[] = [];

afterEach(() => {
  for (const one of phones.splice(0)) one.close();
});

async function phoneOn(road: Road): Promise<Phone> {
  const phone = await openPhone(road);
  phones.push(phone);
  return phone;
}

/** A road on which one kind of appended record is refused while `refusing` says so. */
function refusingRoad(server: MemoryServer, refusal: { status: number; error: string }) {
  const road = roadTo(server);
  const mood = { refusing: (_body: { class: string }) => false, refused: 0 };
  const fetch: Road['fetch'] = (url, init) => {
    const append = init.method === 'POST' && url.endsWith('/records');
    if (!append || !mood.refusing(JSON.parse(String(init.body)) as { class: string }))
      return road.fetch(url, init);
    mood.refused += 1;
    const told = { error: refusal.error, message: refusal.error };
    return Promise.resolve(Response.json(told, { status: refusal.status }));
  };
  return { road: { ...road, fetch }, mood };
}

async function notesOn(phone: Phone): Promise<[string, boolean][]> {
  return (await phone.records.room(null, 20)).items.map(({ text, pending }) => [text, pending]);
}

const refusals = [
  { status: 409, error: 'different' },
  { status: 413, error: 'too_large' },
  { status: 422, error: 'wrong_size' },
  { status: 507, error: 'quota' },
];

describe.each(refusals)('what is refused with $status $error', (refusal) => {
  it('stays here and is counted, and the chain goes on without it', async () => {
    const server = new MemoryServer();
    const { road, mood } = refusingRoad(server, refusal);
    const phone = await phoneOn(road);
    await phone.records.begin(null);
    await phone.records.keepNote('before');
    await allSent(phone);
    mood.refusing = () => mood.refused === 0;
    await phone.records.keepNote('refused');
    for (const text of ['after', 'last']) await phone.records.keepNote(text);
    await until('the rest has gone', async () => (await phone.records.standing()).unsent === 1);
    const shown: [string, boolean][] = [
      ['refused', true],
      ['last', false],
      ['after', false],
      ['before', false],
    ];
    await until(
      'the rest is back',
      async () => (await notesOn(phone)).filter(([, pending]) => pending).length === 1,
    );
    expect(await notesOn(phone)).toEqual(shown);
    await phone.reload();
    expect(await notesOn(phone)).toEqual(shown);
    expect((await phone.records.standing()).unsent).toBe(1);
    expect(mood.refused).toBe(1);

    const other = await phoneOn(roadTo(server));
    await other.records.restore((await phone.records.phrase()) ?? []);
    expect((await notesOn(other)).map(([text]) => text)).toEqual(['last', 'after', 'before']);
    expect((await other.records.standing()).refused).toBe(0);
  });

  it('does not lose a true thing, which can still be taken back', async () => {
    const server = new MemoryServer();
    const { road, mood } = refusingRoad(server, refusal);
    const [ines, jonas] = [await phoneOn(road), await phoneOn(roadTo(server))];
    await ines.records.begin('Ines');
    await jonas.records.begin('Jonas');
    await join(ines, jonas);
    await agree(ines, jonas);
    mood.refusing = (body) => body.class === 'held' && mood.refused === 0;
    await ines.records.give('my words', true);
    await ines.records.keepNote('and a note');
    await until('she has told him', async () => (await jonas.records.today()).exchange?.theirsWaits);
    await until('the rest has gone', async () => (await ines.records.standing()).unsent === 1);
    await ines.reload();
    const mine = (await ines.records.today()).exchange?.mine;
    expect(mine?.text).toBe('my words');
    await ines.records.takeBack(mine?.id ?? '');
    expect((await ines.records.today()).exchange?.mine).toBeNull();
    await allSent(ines);
    await exchange(ines, jonas, 'other words', 'his words');
  });
});

describe('a true thing', () => {
  it('that is taken back while its refusal is on the way does not come back', async () => {
    const server = new MemoryServer();
    const { road, mood } = refusingRoad(server, { status: 422, error: 'wrong_size' });
    let arrive: () => void = () => undefined;
    const onTheWay = new Promise<void>((resolve) => (arrive = resolve));
    const slow: Road['fetch'] = async (url, init) => {
      const answer = await road.fetch(url, init);
      if (answer.status === 422) await onTheWay;
      return answer;
    };
    const [ines, jonas] = [await phoneOn({ ...road, fetch: slow }), await phoneOn(roadTo(server))];
    await ines.records.begin('Ines');
    await jonas.records.begin('Jonas');
    await join(ines, jonas);
    mood.refusing = (body) => body.class === 'held' && mood.refused === 0;
    await ines.records.give('unsaid', false);
    await until('it is refused', async () => mood.refused === 1);
    await ines.records.takeBack((await ines.records.today()).exchange?.mine?.id ?? '');
    await ines.records.keepNote('a note behind it');
    arrive();
    await allSent(ines);
    await ines.reload();
    expect((await ines.records.today()).exchange?.mine).toBeNull();
    expect((await ines.records.standing()).unsent).toBe(0);
  });

  it('that comes after its exchange was opened from another phone is for the next one', async () => {
    const server = new MemoryServer();
    const [ines, jonas] = [await phoneOn(roadTo(server)), await phoneOn(roadTo(server))];
    await ines.records.begin('Ines');
    await jonas.records.begin('Jonas');
    await join(ines, jonas);
    const tablet = await phoneOn(roadTo(server));
    await tablet.records.restore((await ines.records.phrase()) ?? []);
    await until('she shares', async () => (await tablet.records.standing()).partner !== null);
    await allSent(tablet);
    const tried = (): number => tablet.wire.tried.filter((path) => path.endsWith('/records')).length;
    const before = tried();
    tablet.goOffline();
    await tablet.records.give('from the tablet', false);
    await until('it was sealed', async () => tried() > before);
    await exchange(ines, jonas, 'from the phone', 'his');
    tablet.goOnline();
    await allSent(tablet);
    const now = await until('it has moved', async () => {
      const { exchange: made } = await tablet.records.today();
      return made?.counter === 1 && made;
    });
    expect(now.mine?.text).toBe('from the tablet');
    await jonas.records.give('his next', false);
    await until('it is open', async () => (await jonas.records.opened(1))?.theirs.text === 'from the tablet');
  });
});
