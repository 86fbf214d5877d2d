/** A present device lets a further one in (spec/envelope.md §8), over a server that neither trusts. */
import { afterEach, describe, expect, it } from 'vitest';
import { random, toBase64 } from '../../src/vault/bytes';
import { addDevice } from '../../src/vault/device_list';
import { allSent, exchange, join } from '../house/couple';
import { roadTo } from '../house/memory_road';
import { MemoryServer } from '../house/memory_server';
import { letIn, livesHere, meet, newcomer, wordsFor } from '../house/pairing';
import { person } from '../house/people';
import { openPhone, type Phone, until } from '../house/phone';

const phones: Phone[] = [];
const limit = 60_000;

async function life(server: MemoryServer, name: string): Promise<Phone> {
  const phone = await openPhone(roadTo(server));
  phones.push(phone);
  await phone.records.begin(name);
  return phone;
}

async function blank(server: MemoryServer): Promise<Phone> {
  const phone = await newcomer(server);
  phones.push(phone);
  return phone;
}

afterEach(() => {
  for (const one of phones.splice(0)) one.close();
});

describe('a further device', () => {
  it(
    'enters_by_link_and_finds_old_epochs_and_words_in_its_owners_own_room',
    async () => {
      const server = new MemoryServer();
      const [ines, jonas] = [await life(server, 'Ines'), await life(server, 'Jonas')];
      await join(ines, jonas);
      await exchange(ines, jonas, 'one', 'two');
      await jonas.records.keepNote('a note');
      await allSent(jonas);
      const tablet = await blank(server);
      const words = await meet(jonas, tablet);
      expect(words.fresh).toEqual(words.present);
      await jonas.records.confirmWords(true);
      await tablet.records.confirmWords(true);
      await livesHere(tablet);
      await until(
        'the space is there',
        async () => (await tablet.records.between(null, 5)).items.length === 1,
      );
      expect(await tablet.records.between(null, 5)).toEqual(await jonas.records.between(null, 5));
      expect((await tablet.records.room(null, 5)).items.map(({ text }) => text)).toEqual(['a note']);
      await until('it has its name', async () =>
        (await jonas.records.devices()).some(({ name, here }) => name === 'Tablet' && !here),
      );
      await tablet.records.give('from the tablet', false);
      await ines.records.give('three', false);
      const opened = await until('it opens', async () => (await ines.records.opened(1)) ?? undefined);
      expect(opened.theirs.text).toBe('from the tablet');
      expect((await ines.records.standing()).refused).toBe(0);
    },
    limit,
  );

  it(
    'a_device_enters_only_when_both_have_tapped_the_same',
    async () => {
      const server = new MemoryServer();
      const jonas = await life(server, 'Jonas');
      const tablet = await blank(server);
      await meet(jonas, tablet, 'code');
      const entries = (): number => [...server.accounts.values()][0]?.devices.length ?? 0;
      await jonas.records.confirmWords(true);
      expect(entries()).toBe(1);
      expect((await tablet.records.standing()).stage).toBe('none');
      await tablet.reload();
      expect((await tablet.records.standing()).joining).toBe('invitee');
      await wordsFor(tablet);
      await tablet.records.confirmWords(true);
      await livesHere(tablet);
      expect(entries()).toBe(2);
    },
    limit,
  );

  it(
    'does_not_enter_when_one_of_the_two_says_that_they_differ',
    async () => {
      for (const side of ['present', 'fresh'] as const) {
        const server = new MemoryServer();
        const jonas = await life(server, 'Jonas');
        const tablet = await blank(server);
        await meet(jonas, tablet);
        const [no, yes] = side === 'present' ? [jonas, tablet] : [tablet, jonas];
        expect((await no.records.confirmWords(false)).stage).toBe('ended');
        await yes.records.confirmWords(true).catch(() => undefined);
        await until('the other sees it', async () => (await yes.records.joining())?.stage === 'ended');
        expect([...server.accounts.values()][0]?.devices).toHaveLength(1);
      }
    },
    limit,
  );

  it(
    'is_not_let_in_by_a_confirm_that_the_server_made_up',
    async () => {
      const server = new MemoryServer();
      const jonas = await life(server, 'Jonas');
      const tablet = await blank(server);
      await meet(jonas, tablet);
      server.forge = (told) => ({ ...told, confirms: { invitee: toBase64(random(32)) } });
      await jonas.records.confirmWords(true);
      await until('it is seen', async () => (await jonas.records.joining())?.stage === 'tampered');
      expect([...server.accounts.values()][0]?.devices).toHaveLength(1);
    },
    limit,
  );

  it(
    'believes_no_list_that_does_not_begin_with_the_one_of_the_invitation',
    async () => {
      const server = new MemoryServer();
      const jonas = await life(server, 'Jonas');
      const tablet = await blank(server);
      await meet(jonas, tablet);
      await jonas.records.confirmWords(true);
      const [account] = [...server.accounts.values()];
      const before = account?.devices.slice() ?? [];
      const mallory = person();
      server.forge = (told) => {
        // Once the keys are handed over, another list is shown in the place of the true one.
        if (told['handover'] && account) account.devices = [addDevice(mallory.root, mallory.device, [])];
        return told;
      };
      await tablet.records.confirmWords(true).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 3000));
      expect((await tablet.records.standing()).stage).toBe('none');
      expect(before).toHaveLength(1);
    },
    limit,
  );

  it(
    'a_mistyped_code_is_found_before_anything_is_sent_and_a_wrong_one_opens_nothing',
    async () => {
      const server = new MemoryServer();
      const [ines, jonas] = [await life(server, 'Ines'), await life(server, 'Jonas')];
      const code = (await ines.records.invite()).code ?? '';
      const slip = code.slice(0, 3) + (code[3] === '7' ? '8' : '7') + code.slice(4);
      const before = jonas.wire.sent.length;
      for (const typed of [slip, 'nonsense', `${code}9`])
        await expect(jonas.records.accept(typed)).rejects.toMatchObject({ code: 'code_wrong' });
      expect(jonas.wire.sent.slice(before).filter(({ path }) => path.includes('/codes/'))).toEqual([]);
      await expect(jonas.records.accept('0000 0000 0000 0000 00')).rejects.toMatchObject({
        code: 'code_wrong',
      });
      const joining = await jonas.records.accept(code.toLowerCase().replaceAll(' ', '-'));
      expect(joining.partnerName).toBe('Ines');
    },
    limit,
  );

  it(
    'a_link_of_a_person_lets_no_device_in_and_a_device_link_joins_nobody',
    async () => {
      const server = new MemoryServer();
      const [ines, jonas] = [await life(server, 'Ines'), await life(server, 'Jonas')];
      const tablet = await blank(server);
      const person = (await ines.records.invite()).code ?? '';
      const device = (await jonas.records.inviteDevice()).code ?? '';
      await expect(tablet.records.enterAsDevice(person, null)).rejects.toMatchObject({ code: 'not_found' });
      await expect(ines.records.accept(device)).rejects.toThrow();
      expect([...server.accounts.values()].every(({ devices }) => devices.length === 1)).toBe(true);
    },
    limit,
  );

  it(
    'let_in_by_a_device_that_is_removed_later_stays',
    async () => {
      const server = new MemoryServer();
      const jonas = await life(server, 'Jonas');
      const words = (await jonas.records.phrase()) ?? [];
      const [tablet, laptop] = [await blank(server), await blank(server)];
      await letIn(jonas, tablet);
      await letIn(tablet, laptop);
      const id = (await tablet.records.devices()).find(({ here }) => here)?.id ?? '';
      await jonas.records.removeDevice(id, words);
      await laptop.records.keepNote('from the laptop');
      await until('it arrives', async () => (await jonas.records.room(null, 5)).items.length === 1);
      expect((await jonas.records.devices()).map(({ removed }) => removed)).toEqual([false, true, false]);
      expect((await jonas.records.standing()).refused).toBe(0);
    },
    limit,
  );
});
