/**
 * @file What two phones must have after each step, whatever server they speak to. The same laws are run against the
 * server in memory and against the real one.
 */
import { afterEach, expect, it } from 'vitest';
import { agree, allSent, compare, exchange, join, wordsOn } from './couple';
import { openPhone, type Phone, type Road, until } from './phone';

export function twoPhones(road: () => Road): void {
  const phones: Phone[] = [];

  async function phone(): Promise<Phone> {
    const made = await openPhone(road());
    phones.push(made);
    return made;
  }

  async function couple(): Promise<{ ines: Phone; jonas: Phone }> {
    const [ines, jonas] = [await phone(), await phone()];
    await ines.records.begin('Ines');
    await jonas.records.begin('Jonas');
    return { ines, jonas };
  }

  afterEach(() => {
    for (const one of phones.splice(0)) one.close();
  });

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

  // Once, the inviter's phone did not yet hold the space it had just made, and took its own key for a stranger's.
  it('they are joined as well when the invited one says so first', async () => {
    const { ines, jonas } = await couple();
    await compare(ines, jonas);
    await jonas.records.confirmWords(true);
    expect((await jonas.records.joining())?.stage).not.toBe('joined');
    expect((await ines.records.confirmWords(true)).stage).toBe('joined');
    await until('both are joined', async () => (await jonas.records.standing()).partner);
  });

  it('a true thing waits unseen until the other has given, then both open at once', async () => {
    const { ines, jonas } = await couple();
    await join(ines, jonas);
    await agree(ines, jonas);
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
    const { ines, jonas } = await couple();
    await join(ines, jonas);
    await agree(ines, jonas);
    await ines.records.give('not yet', true);
    await until('he is told', async () => (await jonas.records.today()).exchange?.theirsWaits);
    const waiting = (await ines.records.today()).exchange?.mine?.id ?? '';
    await ines.records.takeBack(waiting);
    expect((await ines.records.today()).exchange?.state).toBe('nothing');
    await until('he is told it is quiet', async () => !(await jonas.records.today()).exchange?.theirsWaits);
    await exchange(ines, jonas, 'now', 'yes');
  });

  it('taking back what was opened leaves its place and no words, here and there', async () => {
    const { ines, jonas } = await couple();
    await join(ines, jonas);
    await exchange(ines, jonas, 'one', 'two');
    const id = (await ines.records.opened(0))?.mine.id ?? '';
    await ines.records.takeBack(id);
    await until('it is gone', async () => (await jonas.records.opened(0))?.theirs.withdrawn);
    expect((await jonas.records.opened(0))?.theirs.text).toBeNull();
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
    const { ines, jonas } = await couple();
    await compare(ines, jonas);
    expect((await jonas.records.confirmWords(false)).stage).toBe('ended');
    await until('she sees it', async () => (await ines.records.joining())?.stage === 'ended');
    expect((await ines.records.standing()).partner).toBeNull();
  });

  it('twelve words bring back the whole history on another phone', async () => {
    const { ines, jonas } = await couple();
    await join(ines, jonas);
    await exchange(ines, jonas, 'one', 'two');
    await ines.records.keepNote('a note to myself');
    await allSent(ines);
    const other = await phone();
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
    const { ines, jonas } = await couple();
    await join(ines, jonas);
    ines.goOffline();
    await ines.records.give('written on the train', false);
    await ines.records.keepNote('tunnel');
    expect((await ines.records.standing()).unsent).toBe(2);
    await ines.reload();
    expect((await ines.records.today()).exchange?.mine?.text).toBe('written on the train');
    ines.goOnline();
    await allSent(ines);
    await jonas.records.give('read at home', false);
    const theirs = await until('it is open', async () => (await jonas.records.opened(0))?.theirs.text);
    expect(theirs).toBe('written on the train');
    expect((await ines.records.room(null, 10)).items.map((note) => note.text)).toEqual(['tunnel']);
  });

  it('a life begun without a connection is registered when there is one', async () => {
    const ines = await phone();
    ines.goOffline();
    await ines.records.begin('Ines');
    await ines.records.keepNote('first');
    await expect(ines.records.invite()).rejects.toMatchObject({ code: 'offline' });
    ines.goOnline();
    await allSent(ines);
    expect((await ines.records.invite()).link).toContain('#join=');
  });
}
