/** What ends: an agreement, the seven days of one that waits, a space of two, an account. */
import { afterEach, describe, expect, it } from 'vitest';
import { agree, allSent, exchange, join } from '../house/couple';
import { roadTo, type Weather } from '../house/memory_road';
import { MemoryServer } from '../house/memory_server';
import { openPhone, type Phone, until } from '../house/phone';

/** ms; two phones share two cores with others. */
const patience = 30_000;
const phones: Phone[] = [];

afterEach(() => {
  for (const one of phones.splice(0)) one.close();
});

async function phone(server: MemoryServer, weather?: Weather): Promise<Phone> {
  const made = await openPhone(roadTo(server, weather));
  phones.push(made);
  return made;
}

async function couple(server: MemoryServer, weather?: Weather): Promise<{ ines: Phone; jonas: Phone }> {
  const [ines, jonas] = [await phone(server, weather), await phone(server)];
  await ines.records.begin('Ines');
  await jonas.records.begin('Jonas');
  await join(ines, jonas);
  return { ines, jonas };
}

const mine = async (one: Phone) => (await one.records.today()).exchange?.mine ?? null;
const theirsWaits = async (one: Phone) => (await one.records.today()).exchange?.theirsWaits;
const over = async (one: Phone) => (await one.records.standing()).over;
const paths = (one: Phone) => one.wire.sent.map(({ method, path }) => `${method} ${path}`);

describe('agreeing', { timeout: patience }, () => {
  it('one_that_waits_is_let_known_only_if_both_agreed', async () => {
    const { ines, jonas } = await couple(new MemoryServer());
    expect(await ines.records.agreement()).toEqual({ mine: null, theirs: null });
    await ines.records.agree(true);
    await ines.records.give('nobody hears of it', true);
    await allSent(ines);
    await jonas.records.agree(true);
    await until('she may tell', async () => (await ines.records.today()).exchange?.mayTell);
    // Said when both had not agreed yet, it was not said at all.
    expect(await theirsWaits(jonas)).toBe(false);
    await ines.records.takeBack((await mine(ines))?.id ?? '');
    await ines.records.give('he hears of it', true);
    await until('he is told', () => theirsWaits(jonas));
    await jonas.records.agree(false);
    expect(await theirsWaits(jonas)).toBe(false);
    expect(await jonas.records.agreement()).toEqual({ mine: false, theirs: true });
  });
});

describe('lapsing', { timeout: patience }, () => {
  it('a_lapsed_one_keeps_its_words_and_is_said_to_wait_no_more', async () => {
    const server = new MemoryServer();
    const { ines, jonas } = await couple(server);
    await agree(ines, jonas);
    await ines.records.give('a week ago', true);
    await until('he is told', () => theirsWaits(jonas));
    await allSent(ines);
    server.lapse();
    await until('it has lapsed', async () => (await mine(ines))?.lapsed);
    await until('he is told it is quiet', async () => !(await theirsWaits(jonas)));
    await ines.reload();
    expect(await mine(ines)).toMatchObject({ text: 'a week ago', lapsed: true });
    await ines.records.takeBack((await mine(ines))?.id ?? '');
    expect(await mine(ines)).toBeNull();
    await exchange(ines, jonas, 'new words', 'his words');
  });

  it('what_lapsed_can_be_given_anew_and_opens_once', async () => {
    const server = new MemoryServer();
    const { ines, jonas } = await couple(server);
    await ines.records.give('a week ago', false);
    await allSent(ines);
    server.lapse();
    await until('it has lapsed', async () => (await mine(ines))?.lapsed);
    await jonas.records.give('his words', false);
    await allSent(jonas);
    expect(await jonas.records.opened(0)).toBeNull();
    ines.goOffline();
    await ines.records.give('a week ago', false);
    await ines.reload();
    expect(await mine(ines)).toMatchObject({ text: 'a week ago', lapsed: false });
    ines.goOnline();
    for (const one of [ines, jonas]) {
      await until('it is open', async () => (await one.records.opened(0))?.theirs.text);
      expect((await one.records.between(null, 9)).items).toHaveLength(1);
      expect(await mine(one)).toBeNull();
    }
  });
});

describe('leaving', { timeout: patience }, () => {
  it('after_leaving_what_was_opened_stays_on_both_phones_and_nothing_waits', async () => {
    const { ines, jonas } = await couple(new MemoryServer());
    await exchange(ines, jonas, 'one', 'two');
    await jonas.records.give('never opened', false);
    await allSent(jonas);
    await ines.records.leaveSpace(false);
    expect(await over(ines)).toBe('i_left');
    await until('he sees it', async () => (await over(jonas)) === 'they_left');
    for (const one of [ines, jonas]) {
      const today = await one.records.today();
      expect(today).toEqual({ exchange: null, toReceive: null });
      expect(await one.records.agreement()).toBeNull();
      expect((await one.records.between(null, 9)).items).toHaveLength(1);
      await expect(one.records.give('to nobody', false)).rejects.toMatchObject({ code: 'not_found' });
    }
    await jonas.records.leaveSpace(false);
    expect(await over(jonas)).toBe('i_left');
    await join(ines, jonas);
    expect(await over(ines)).toBe('none');
    await exchange(ines, jonas, 'anew', 'again');
  });

  it('with_erase_the_server_keeps_no_words_of_the_one_who_left', async () => {
    const server = new MemoryServer();
    const { ines, jonas } = await couple(server);
    await exchange(ines, jonas, 'one', 'two');
    await ines.records.leaveSpace(true);
    const shared = [...server.spaces.values()].find(({ kind }) => kind === 'shared');
    await until('she has left', async () => shared?.left.size === 1);
    const kept = shared?.log.filter(({ sealed }) => sealed !== null) ?? [];
    expect(new Set(kept.map(({ author }) => author)).size).toBe(1);
  });

  it('leaving_survives_a_reload_between_its_steps', async () => {
    // After each number of answers the road is lost; the app is opened again, and goes on.
    for (let steps = 0; steps < 3; steps += 1) {
      let left = Number.MAX_SAFE_INTEGER;
      const { ines, jonas } = await couple(new MemoryServer(), (when, method, path) => {
        const step = method === 'POST' && (path.endsWith('/records') || path.endsWith('/leave'));
        if (step && when === 'before' && left-- <= 0) throw new TypeError('lost');
      });
      await allSent(ines);
      left = steps;
      await ines.records.leaveSpace(false);
      await until('it has got so far', async () => left <= 0);
      await ines.reload();
      expect(await over(ines)).toBe('i_left');
      left = Number.MAX_SAFE_INTEGER;
      ines.goOnline();
      await until('he sees it', async () => (await over(jonas)) === 'they_left');
      await until('she has left', async () => paths(ines).some((path) => path.endsWith('/leave')));
      expect(await ines.records.today()).toEqual({ exchange: null, toReceive: null });
      for (const one of phones.splice(0)) one.close();
    }
  });

  it('what_was_given_without_a_connection_does_not_go_when_one_has_left', async () => {
    const { ines, jonas } = await couple(new MemoryServer());
    await jonas.records.give('waits for hers', false);
    await allSent(jonas);
    ines.goOffline();
    await ines.records.give('never sent', false);
    await ines.records.leaveSpace(false);
    ines.goOnline();
    await until('he sees it', async () => (await over(jonas)) === 'they_left');
    await until('she has left', async () => paths(ines).some((path) => path.endsWith('/leave')));
    expect((await jonas.records.between(null, 9)).items).toEqual([]);
    expect((await ines.records.standing()).unsent).toBe(0);
  });
});

describe('deleting the account', { timeout: patience }, () => {
  it('nothing_here_is_removed_before_the_server_has_answered', async () => {
    const server = new MemoryServer();
    let lost: 'before' | 'after' | null = null;
    const { ines, jonas } = await couple(server, (when, method) => {
      if (method === 'DELETE' && when === lost) throw new TypeError('lost');
    });
    await exchange(ines, jonas, 'one', 'two');
    const words = await ines.records.phrase();
    for (const when of ['before', 'after'] as const) {
      lost = when;
      await expect(ines.records.deleteAccount(null, true)).rejects.toMatchObject({ code: 'offline' });
      expect((await ines.records.between(null, 9)).items).toHaveLength(1);
      expect(await ines.records.phrase()).toEqual(words);
    }
    expect(server.accounts.size).toBe(1);
    lost = null;
    await ines.records.deleteAccount(words, true);
    expect((await ines.records.standing()).stage).toBe('none');
    await ines.reload();
    expect((await ines.records.standing()).stage).toBe('none');
    await until('he sees it', async () => (await over(jonas)) === 'they_left');
    expect((await jonas.records.between(null, 9)).items).toHaveLength(1);
  });

  it('only_ones_own_words_delete_the_account', async () => {
    const server = new MemoryServer();
    const [ines, jonas] = [await phone(server), await phone(server)];
    await ines.records.begin('Ines');
    await jonas.records.begin('Jonas');
    const others = await jonas.records.phrase();
    await expect(ines.records.deleteAccount(others, true)).rejects.toMatchObject({ code: 'phrase_wrong' });
    expect((await ines.records.standing()).stage).toBe('ready');
    expect(ines.wire.sent.some(({ method }) => method === 'DELETE')).toBe(false);
  });
});
