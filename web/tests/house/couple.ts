/** @file The first evening of two people, as the tests need it again and again. */
import { type Phone, until } from './phone';

/** Ines invites, Jonas accepts, both see four words; ends before either has confirmed. */
export async function compare(ines: Phone, jonas: Phone): Promise<{ ines: string[]; jonas: string[] }> {
  const { link } = await ines.records.invite();
  if (!link) throw new Error('an invitation without a link');
  await jonas.records.accept(link);
  return { ines: await wordsOn(ines), jonas: await wordsOn(jonas) };
}

export function wordsOn(phone: Phone): Promise<string[]> {
  return until('the words are there', async () => (await phone.records.joining())?.words);
}

export async function join(ines: Phone, jonas: Phone): Promise<void> {
  await compare(ines, jonas);
  await ines.records.confirmWords(true);
  await jonas.records.confirmWords(true);
  await until('both are joined', async () => {
    const [hers, his] = await Promise.all([ines.records.standing(), jonas.records.standing()]);
    return [hers, his].every(({ partner, over }) => partner !== null && over === 'none');
  });
}

/** Both say yes to letting each other know that one waits. */
export async function agree(ines: Phone, jonas: Phone): Promise<void> {
  await ines.records.agree(true);
  await jonas.records.agree(true);
  await until('both may tell', async () => {
    const [hers, his] = await Promise.all([ines.records.today(), jonas.records.today()]);
    return hers.exchange?.mayTell === true && his.exchange?.mayTell === true;
  });
}

/** Both give; both have it open. */
export async function exchange(ines: Phone, jonas: Phone, hers: string, his: string): Promise<void> {
  await ines.records.give(hers, false);
  await jonas.records.give(his, false);
  for (const [phone, mine] of [
    [ines, hers],
    [jonas, his],
  ] as const) {
    await until('it is open', async () => {
      const newest = (await phone.records.between(null, 1)).items[0];
      return newest?.mine.text === mine && newest.theirs.text !== null;
    });
  }
}

export async function allSent(phone: Phone): Promise<void> {
  await until('everything is sent', async () => (await phone.records.standing()).unsent === 0);
}
