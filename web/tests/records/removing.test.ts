/** A device is removed: what it can do afterwards, and what becomes of what was written before. */
import { afterEach, describe, expect, it } from 'vitest';
import { exchange } from '../house/couple';
import { deviceOn, type Trio, trio } from '../house/devices';
import { MemoryServer } from '../house/memory_server';
import { type Phone, type Road, until } from '../house/phone';

let there: Trio | null = null;

async function three(): Promise<Trio> {
  there = await trio(new MemoryServer());
  return there;
}

afterEach(() => {
  there?.close();
  there = null;
});

const epochs = ({ server, shared }: Trio): number => server.spaces.get(shared)?.epochs.length ?? 0;

/** From here on nothing that this phone appends arrives, and all else does; gives what mends it. */
function cutAppends(phone: Phone): () => void {
  const wire = phone.wire as unknown as { road: Road };
  const open = wire.road;
  wire.road = {
    origin: open.origin,
    connect: (url) => open.connect(url),
    fetch: (url, init) =>
      init.method === 'POST' && url.endsWith('/records')
        ? Promise.reject(new TypeError('no network'))
        : open.fetch(url, init),
  };
  return () => {
    wire.road = open;
  };
}

describe('a removed device', () => {
  it('a_removal_begins_a_new_epoch_in_every_space_and_life_goes_on_under_it', async () => {
    const all = await three();
    const { ines, jonas, old, server, shared } = all;
    await exchange(ines, jonas, 'one', 'two');
    await jonas.records.removeDevice(await deviceOn(old), null);
    expect(epochs(all)).toBe(2);
    expect((await jonas.records.devices()).map(({ removed }) => removed)).toEqual([false, true]);
    await exchange(ines, jonas, 'three', 'four');
    const log = server.spaces.get(shared)?.log ?? [];
    expect(log.slice(-2).map(({ epoch }) => epoch)).toEqual([2, 2]);
    await until('she trusts it', async () => (await ines.records.standing()).refused === 0);
  }, 60_000);

  it('is_let_in_no_more_and_keeps_what_it_has', async () => {
    const { jonas, old } = await three();
    await old.records.keepNote('kept on the old one');
    await until('it is sent', async () => (await old.records.standing()).unsent === 0);
    await jonas.records.removeDevice(await deviceOn(old), null);
    await until('it is told', async () => {
      old.goOnline();
      return (await old.records.standing()).forgotten;
    });
    expect((await old.records.room(null, 5)).items.map(({ text }) => text)).toEqual(['kept on the old one']);
  }, 60_000);

  it('a_thief_cannot_remove_the_owner', async () => {
    const { jonas, old, server } = await three();
    const owner = await deviceOn(jonas);
    // Whoever has the second phone has no words: neither without them nor with those of another does it remove.
    await expect(old.records.removeDevice(owner, null)).rejects.toMatchObject({ code: 'phrase_wrong' });
    const other = (await there?.ines.records.phrase()) ?? [];
    await expect(old.records.removeDevice(owner, other)).rejects.toMatchObject({ code: 'phrase_wrong' });
    expect(
      [...server.accounts.values()].flatMap(({ devices }) => devices).every(({ kind }) => kind === 'added'),
    ).toBe(true);
  }, 60_000);

  it('the_last_device_stays_and_one_that_is_not_there_cannot_go', async () => {
    const { ines } = await three();
    const here = await deviceOn(ines);
    await expect(ines.records.removeDevice(here, null)).rejects.toMatchObject({ code: 'device_last' });
    await expect(ines.records.removeDevice('AAAAAAAAAAAAAAAAAAAAAA', null)).rejects.toMatchObject({
      code: 'not_found',
    });
  }, 60_000);

  it('a_held_one_is_sealed_anew_after_a_removal_and_opens', async () => {
    const all = await three();
    const { ines, jonas, old, server, shared } = all;
    await ines.records.give('given before the removal', false);
    await until('it waits', async () => server.spaces.get(shared)?.held.size === 1);
    await jonas.records.removeDevice(await deviceOn(old), null);
    await until('it is sealed anew', async () =>
      [...(server.spaces.get(shared)?.held.values() ?? [])].every(({ epoch }) => epoch === 2),
    );
    expect((await ines.records.today()).exchange?.mine?.text).toBe('given before the removal');
    await jonas.records.give('given after it', false);
    const opened = await until('it opens', async () => (await jonas.records.opened(0)) ?? undefined);
    expect([opened.theirs.text, opened.mine.text]).toEqual(['given before the removal', 'given after it']);
    expect((await ines.records.between(null, 5)).items).toHaveLength(1);
  }, 60_000);

  it('what_is_taken_back_while_it_is_sealed_anew_is_gone_and_never_opens', async () => {
    const all = await three();
    const { ines, jonas, old, server, shared } = all;
    await ines.records.give('given, and thought better of', false);
    await until('it waits', async () => server.spaces.get(shared)?.held.size === 1);
    const before = (await ines.records.today()).exchange?.mine?.id;
    const repair = cutAppends(ines);
    await jonas.records.removeDevice(await deviceOn(old), null);
    const anew = await until('it is being sealed anew', async () => {
      const mine = (await ines.records.today()).exchange?.mine;
      return mine && mine.id !== before ? mine.id : null;
    });
    await ines.records.takeBack(anew);
    repair();
    ines.goOffline();
    ines.goOnline();
    await until('the server has none', async () => server.spaces.get(shared)?.held.size === 0);
    await jonas.records.give('his alone', false);
    await until('his waits', async () => server.spaces.get(shared)?.held.size === 1);
    expect((await ines.records.today()).exchange?.mine).toBe(null);
    expect(await ines.records.opened(0)).toBe(null);
  }, 60_000);

  it('what_was_written_under_the_old_epoch_and_not_yet_kept_is_sealed_anew_and_goes_once', async () => {
    const all = await three();
    const { ines, jonas, old, server, shared } = all;
    await exchange(ines, jonas, 'one', 'two');
    const target = (await ines.records.opened(0))?.theirs.id ?? '';
    // Sealed while the road was cut, under the epoch of then.
    ines.goOffline();
    await ines.records.respond(target, 'words', 'written on the train');
    await jonas.records.removeDevice(await deviceOn(old), null);
    ines.goOnline();
    await until('it has arrived', async () => (await jonas.records.opened(0))?.mine.response);
    expect((await jonas.records.opened(0))?.mine.response?.text).toBe('written on the train');
    const mine = (server.spaces.get(shared)?.log ?? []).filter(
      ({ epoch, class: kind }) => epoch === 2 && kind === 'durable',
    );
    expect(mine.length).toBeLessThanOrEqual(2);
    expect((await ines.records.standing()).unsent).toBe(0);
    expect((await jonas.records.standing()).refused).toBe(0);
  }, 60_000);
});
