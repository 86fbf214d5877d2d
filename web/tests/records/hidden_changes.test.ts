/** A server that hides devices, removals and epochs, or shows an invitation twice, and what is said of it. */
import { afterEach, describe, expect, it } from 'vitest';
import { compare, exchange } from '../house/couple';
import { deviceOn, restored, type Trio, trio } from '../house/devices';
import { roadTo } from '../house/memory_road';
import { MemoryServer } from '../house/memory_server';
import { letIn, newcomer } from '../house/pairing';
import { openPhone, type Phone, until } from '../house/phone';

const ends: { close(): void }[] = [];
const limit = 60_000;

async function three(): Promise<Trio> {
  const all = await trio(new MemoryServer());
  ends.push(all);
  return all;
}

async function warned(phone: Phone, warning: string): Promise<void> {
  await until(`it says ${warning}`, async () =>
    (await phone.records.standing()).warnings.some((one) => one === warning),
  );
}

const accountOf = (server: MemoryServer, at: number): string => [...server.accounts.keys()][at] ?? '';

afterEach(() => {
  for (const one of ends.splice(0)) one.close();
});

describe('a server', () => {
  it(
    'a_server_that_hides_a_removal_is_named_once_the_partner_has_written',
    async () => {
      const { ines, jonas, old, server, shared } = await three();
      await exchange(ines, jonas, 'one', 'two');
      const [hers, his] = [accountOf(server, 0), accountOf(server, 1)];
      server.forgeSpace = (shown, account) => {
        if (account !== hers || shown.space !== shared) return shown;
        const members = shown.members.map((member) =>
          member.account === his ? { ...member, devices: member.devices.slice(0, 2) } : member,
        );
        return { ...shown, members, epochs: shown.epochs.slice(0, 1) };
      };
      await jonas.records.removeDevice(await deviceOn(old), null);
      await warned(ines, 'list_hidden');
      expect((await jonas.records.standing()).warnings).toEqual([]);
    },
    limit,
  );

  it(
    'a_server_that_hides_a_new_device_is_named_and_cleared_when_it_shows_it',
    async () => {
      const { ines, jonas, server, shared } = await three();
      await exchange(ines, jonas, 'one', 'two');
      const [hers, his] = [accountOf(server, 0), accountOf(server, 1)];
      server.forgeSpace = (shown, account) => {
        if (account !== hers || shown.space !== shared) return shown;
        const members = shown.members.map((member) =>
          member.account === his ? { ...member, devices: member.devices.slice(0, 2) } : member,
        );
        return { ...shown, members };
      };
      const tablet = await newcomer(server);
      ends.push(tablet);
      await letIn(jonas, tablet);
      const target = (await jonas.records.opened(0))?.theirs.id ?? '';
      await jonas.records.respond(target, 'thanks', null);
      await warned(ines, 'list_hidden');
      expect((await ines.records.opened(0))?.mine.response?.kind).toBe('thanks');
      server.forgeSpace = (shown) => shown;
      await ines.reload();
      await until('it is well', async () => {
        const { warnings, connection } = await ines.records.standing();
        return connection === 'online' && warnings.length === 0;
      });
    },
    limit,
  );

  it(
    'a_new_device_finds_old_epochs_in_its_owners_own_room_and_never_from_the_server',
    async () => {
      const { ines, jonas, old, server, shared } = await three();
      await exchange(ines, jonas, 'one', 'two');
      await jonas.records.removeDevice(await deviceOn(old), null);
      await exchange(ines, jonas, 'three', 'four');
      const tablet = await newcomer(server);
      ends.push(tablet);
      await letIn(jonas, tablet);
      const id = await deviceOn(tablet);
      const epochs = server.spaces.get(shared)?.epochs ?? [];
      expect(epochs).toHaveLength(2);
      expect(epochs.flatMap(({ sealed }) => sealed).some(({ to }) => to === id)).toBe(false);
      await until('both are there', async () => (await tablet.records.between(null, 5)).items.length === 2);
      expect((await tablet.records.standing()).refused).toBe(0);
      const byWords = await restored(server, (await jonas.records.phrase()) ?? []);
      ends.push(byWords);
      await until('both are there', async () => (await byWords.records.between(null, 5)).items.length === 2);
    },
    limit,
  );

  it(
    'of_two_devices_that_begin_the_same_epoch_the_second_takes_the_first_ones',
    async () => {
      const { ines, jonas, old, server, shared } = await three();
      await exchange(ines, jonas, 'one', 'two');
      await ines.records.leaveSpace(false);
      await until('the next has begun', async () => server.spaces.get(shared)?.epochs.length === 2);
      await until('it is said', async () => server.spaces.get(shared)?.log.at(-1)?.epoch === 2);
      const [, next] = server.spaces.get(shared)?.epochs ?? [];
      expect(next?.heads).toHaveLength(1);
      expect(next?.sealed).toHaveLength(2);
      for (const phone of [jonas, old]) expect((await phone.records.standing()).refused).toBe(0);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(server.spaces.get(shared)?.epochs).toHaveLength(2);
    },
    limit,
  );

  it(
    'a_log_that_is_shorter_than_it_was_is_told',
    async () => {
      const { ines, jonas, server, shared } = await three();
      await exchange(ines, jonas, 'one', 'two');
      server.spaces.get(shared)?.log.splice(1);
      await ines.reload();
      await warned(ines, 'rolled_back');
      expect((await ines.records.between(null, 5)).items).toHaveLength(1);
    },
    limit,
  );
});

describe('an invitation', () => {
  async function people(server: MemoryServer, ...names: string[]): Promise<Phone[]> {
    const phones: Phone[] = [];
    for (const name of names) {
      const phone = await openPhone(roadTo(server));
      ends.push(phone);
      phones.push(phone);
      await phone.records.begin(name);
    }
    return phones;
  }

  it(
    'a_replayed_invitation_gives_a_third_one_other_words_and_joins_nobody_to_them',
    async () => {
      const server = new MemoryServer();
      const [ines, jonas, mara] = await people(server, 'Ines', 'Jonas', 'Mara');
      if (!ines || !jonas || !mara) throw new Error('three are wanted');
      const link = (await ines.records.invite()).link ?? '';
      await jonas.records.accept(link);
      const hers = await until('she sees words', async () => (await ines.records.joining())?.words);
      const [invitation] = [...server.invitations.values()];
      // The server lets the link be claimed once more, and passes the second answer for the first.
      if (invitation) {
        delete invitation.invitee;
        delete invitation.answer;
        invitation.stage = 'claimed';
      }
      await mara.records.accept(link);
      const others = await until('she sees words', async () => {
        await mara.reload();
        return (await mara.records.joining())?.words;
      });
      expect(others).not.toEqual(hers);
      await mara.records.confirmWords(true);
      await ines.records.confirmWords(true);
      await until('it is seen', async () => {
        ines.goOnline();
        return (await ines.records.confirmWords(true)).stage === 'tampered';
      });
      for (const phone of [ines, mara]) expect((await phone.records.standing()).partner).toBeNull();
    },
    limit,
  );

  it(
    'that_is_answered_twice_keeps_the_words_of_the_first_answer',
    async () => {
      const server = new MemoryServer();
      const [ines, jonas] = await people(server, 'Ines', 'Jonas');
      if (!ines || !jonas) throw new Error('two are wanted');
      const words = await compare(ines, jonas);
      const [invitation] = [...server.invitations.values()];
      if (invitation) invitation.answer = `${invitation.answer?.slice(0, -4) ?? ''}AAAA`;
      await ines.reload();
      expect((await ines.records.joining())?.words).toEqual(words.ines);
      await ines.records.confirmWords(true);
      expect((await ines.records.joining())?.stage).not.toBe('tampered');
    },
    limit,
  );
});
