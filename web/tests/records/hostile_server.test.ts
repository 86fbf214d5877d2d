/** A server that lies while two people join, and what it can never do. */
import { afterEach, describe, expect, it } from 'vitest';
import { fromBase64, random, toBase64 } from '../../src/vault/bytes';
import {
  commitTo,
  inviteOpen,
  inviteSeal,
  type Introduction,
  openBlob,
  sealBlob,
  secretFromLink,
} from '../../src/vault/invitation';
import { asSealed, asSecret, receivedSealed, type Secret, sealedBytes } from '../../src/vault/sealed';
import { pairsFromSeeds } from '../../src/vault/keys';
import { compare, exchange, join, wordsOn } from '../house/couple';
import { roadTo } from '../house/memory_road';
import { MemoryServer } from '../house/memory_server';
import { person } from '../house/people';
import { openPhone, type Phone, until } from '../house/phone';

const phones: Phone[] = [];

async function couple(server: MemoryServer): Promise<[Phone, Phone]> {
  const both: [Phone, Phone] = [await openPhone(roadTo(server)), await openPhone(roadTo(server))];
  phones.push(...both);
  await both[0].records.begin('Ines');
  await both[1].records.begin('Jonas');
  return both;
}

function flipped(text: string): string {
  const bytes = sealedBytes(receivedSealed(text));
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  return asSealed(bytes);
}

async function secretOf(phone: Phone): Promise<Secret> {
  const { link } = await phone.records.invite();
  return secretFromLink(link ?? '') ?? asSecret(random(16));
}

afterEach(() => {
  for (const one of phones.splice(0)) one.close();
});

describe('an invitation', () => {
  it('of which one bit was changed is refused as tampered', async () => {
    const server = new MemoryServer();
    const [ines, jonas] = await couple(server);
    const { link } = await ines.records.invite();
    server.forge = (told) => ({ ...told, blob: flipped(String(told['blob'])) });
    await expect(jonas.records.accept(link ?? '')).rejects.toMatchObject({ code: 'invite_tampered' });
    expect(await jonas.records.joining()).toBeNull();
  });

  it('whose answer or whose nonce was changed ends as tampered', async () => {
    for (const part of ['answer', 'reveal']) {
      const server = new MemoryServer();
      const [ines, jonas] = await couple(server);
      server.forge = (told) => (told[part] ? { ...told, [part]: flipped(String(told[part])) } : told);
      const { link } = await ines.records.invite();
      await jonas.records.accept(link ?? '');
      const who = part === 'answer' ? ines : jonas;
      await until('it is seen', async () => (await who.records.joining())?.stage === 'tampered');
      expect((await who.records.joining())?.words).toBeNull();
    }
  });

  it('shows different words when somebody who has the link stands in between', async () => {
    const server = new MemoryServer();
    const [ines, jonas] = await couple(server);
    const secret = await secretOf(ines);
    const mallory = person();
    const nonce = random(32);
    const seed = random(32);
    const box = toBase64(pairsFromSeeds(seed, seed).box);
    const jonasAccount = [...server.accounts.keys()][1];
    const told: Introduction = {
      v: 1,
      root_sign: mallory.member.root_sign,
      root_box: mallory.member.root_box,
      devices: mallory.member.devices,
      device: mallory.keys.identity.device,
      name: 'Ines',
    };
    const blob = sealBlob(secret, { ...told, commit: toBase64(commitTo(nonce)), box });
    const reveal = inviteSeal(secret, 'invite-reveal', nonce);
    server.forge = (shown, account) => {
      if (account !== jonasAccount) return { ...shown, answer: undefined };
      return { ...shown, blob, ...(shown['stage'] === 'answered' ? { stage: 'revealed', reveal } : {}) };
    };
    await jonas.records.accept(toBase64(secret));
    const his = await until('he sees words', async () => {
      jonas.goOnline();
      await jonas.reload();
      return (await jonas.records.joining())?.words;
    });
    server.forge = (shown) => shown;
    expect(his).toHaveLength(4);
    expect((await ines.records.joining())?.words ?? null).not.toEqual(his);
    const honest = openBlob(secret, receivedSealed([...server.invitations.values()][0]?.blob ?? ''));
    expect(honest?.root_sign).not.toBe(mallory.member.root_sign);
  });

  it('is not joined by a confirm that was made up', async () => {
    const server = new MemoryServer();
    const [ines, jonas] = await couple(server);
    await compare(ines, jonas);
    server.forge = (told) =>
      told['stage'] === 'joined'
        ? { ...told, confirms: { inviter: toBase64(random(32)), invitee: toBase64(random(32)) } }
        : told;
    await ines.records.confirmWords(true);
    await jonas.records.confirmWords(true);
    await until('she sees it', async () => (await ines.records.joining())?.stage === 'tampered');
    expect((await ines.records.standing()).partner).toBeNull();
    expect((await jonas.records.standing()).partner).toBeNull();
  });

  it('that was used, ended, expired, one’s own or none says which', async () => {
    const server = new MemoryServer();
    const [ines, jonas] = await couple(server);
    const [third] = await couple(server);
    const link = (await ines.records.invite()).link ?? '';
    await expect(ines.records.accept(link)).rejects.toMatchObject({ code: 'invite_own' });
    await expect(jonas.records.accept('https://seen.example/#join=short')).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(jonas.records.accept(toBase64(random(16)))).rejects.toMatchObject({ code: 'not_found' });
    await jonas.records.accept(link);
    await expect(third.records.accept(link)).rejects.toMatchObject({ code: 'invite_used' });
    const lookup = [...server.invitations.keys()][0] ?? '';
    for (const [stage, code] of [
      ['ended', 'invite_ended'],
      ['expired', 'invite_expired'],
    ] as const) {
      const there = server.invitations.get(lookup);
      if (there) there.stage = stage;
      await expect(third.records.accept(link)).rejects.toMatchObject({ code });
    }
  });

  it('cannot be made or taken by somebody who is joined', async () => {
    const server = new MemoryServer();
    const [ines, jonas] = await couple(server);
    await join(ines, jonas);
    await expect(ines.records.invite()).rejects.toMatchObject({ code: 'already_joined' });
    await expect(jonas.records.accept(toBase64(random(16)))).rejects.toMatchObject({
      code: 'already_joined',
    });
  });
});

describe('what the server holds', () => {
  it('is none of the words that anybody typed', async () => {
    const server = new MemoryServer();
    const [ines, jonas] = await couple(server);
    await join(ines, jonas);
    await exchange(ines, jonas, 'canary heron', 'canary otter');
    await ines.records.keepNote('canary lark');
    await ines.records.saveDraft('note', 'canary wren');
    const phrase = (await ines.records.phrase())?.join(' ') ?? '';
    const traffic = JSON.stringify([
      ines.wire.sent,
      jonas.wire.sent,
      [...server.spaces],
      [...server.invitations],
    ]);
    for (const word of ['canary', 'heron', 'Ines', 'Jonas', phrase]) expect(traffic).not.toContain(word);
  });

  it('after taking back is an empty place, waiting or opened', async () => {
    const server = new MemoryServer();
    const [ines, jonas] = await couple(server);
    await join(ines, jonas);
    await exchange(ines, jonas, 'one', 'two');
    const opened = (await ines.records.opened(0))?.mine.id ?? '';
    await ines.records.takeBack(opened);
    await ines.records.give('waits', false);
    const held = (): unknown[] => [...server.spaces.values()].flatMap((space) => [...space.held.values()]);
    await until('it is held', async () => held().length === 1);
    await ines.records.takeBack((await ines.records.today()).exchange?.mine?.id ?? '');
    await until('nothing is held', async () => held().length === 0);
    const logged = [...server.spaces.values()].flatMap((space) => space.log).find(({ id }) => id === opened);
    expect(logged?.sealed).toBeNull();
    expect((await jonas.records.today()).exchange?.theirsWaits).toBe(false);
  });

  it('opens with the secret of the link and nothing else', () => {
    const secret = asSecret(random(16));
    const sealed = inviteSeal(secret, 'invite-reveal', fromBase64('AAAA'));
    expect(inviteOpen(secret, 'invite-reveal', sealed)).toEqual(fromBase64('AAAA'));
    expect(inviteOpen(secret, 'invite-blob', sealed)).toBeNull();
    expect(inviteOpen(asSecret(random(16)), 'invite-reveal', sealed)).toBeNull();
  });

  it('being forgotten is told, and nothing is lost here', async () => {
    const server = new MemoryServer();
    const [ines] = await couple(server);
    await ines.records.keepNote('still here');
    await until('it is sent', async () => (await ines.records.standing()).unsent === 0);
    server.accounts.clear();
    server.forgetSessions();
    await ines.reload();
    await expect(ines.records.invite()).rejects.toMatchObject({ code: 'account_unknown' });
    expect((await ines.records.room(null, 5)).items.map((note) => note.text)).toEqual(['still here']);
  });

  it('shows both the same words when nobody lies', async () => {
    const server = new MemoryServer();
    const [ines, jonas] = await couple(server);
    await compare(ines, jonas);
    server.forgetSessions();
    expect(await wordsOn(ines)).toEqual(await wordsOn(jonas));
  });
});
