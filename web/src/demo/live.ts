/**
 * @file Brings the couple to life through the real records of both phones: nothing is put into a database. Each act
 * waits until it has arrived where it should, so that the next one finds it there.
 */
import type { Change, Joining, Seen } from '../records/contract';
import type { Said } from '../text/text';
import { weekday } from '../ui/when';
import { momentOf, type Act, type Week, type Who } from './week';

export type Phones = Record<Who, Seen>;

export interface Stage {
  phones: Phones;
  week: Week;
  /** Moves the clock of the server and of both phones to a moment. */
  moveTo(moment: number): Promise<void>;
  tell(said: Said): void;
  now(): number;
}

/** How long one thing may take to arrive, in ms. */
const patience = 30_000;
const others: Record<Who, Who> = { ines: 'tomas', tomas: 'ines' };

/** Asks again at every change, and twice a second, until there is an answer. */
export async function until<T>(seen: Seen, ask: () => Promise<T | null>, within = patience): Promise<T> {
  const over = performance.now() + within;
  let stir: () => void = () => undefined;
  const stop = seen.onChange((_change: Change) => stir());
  try {
    for (;;) {
      const answer = await ask();
      if (answer !== null) return answer;
      if (performance.now() > over) throw new Error('the phones did not agree in time');
      await new Promise<void>((wake) => {
        stir = wake;
        setTimeout(wake, 500);
      });
    }
  } finally {
    stop();
  }
}

export async function join({ ines, tomas }: Phones): Promise<void> {
  const { link } = await ines.invite();
  await tomas.accept(link ?? '');
  const withWords = async (seen: Seen): Promise<Joining | null> => {
    const joining = await seen.joining();
    return joining?.words ? joining : null;
  };
  const [hers, his] = [await until(ines, () => withWords(ines)), await until(tomas, () => withWords(tomas))];
  if (hers.words?.join() !== his.words?.join()) throw new Error('the four words differ');
  await ines.confirmWords(true);
  await tomas.confirmWords(true);
  for (const seen of [ines, tomas]) {
    await until(seen, async () => (await seen.standing()).partner);
    await seen.leaveJoining();
  }
  await agree({ ines, tomas });
}

/** Both say yes to letting each other know that one waits; each hears of the other's. */
async function agree({ ines, tomas }: Phones): Promise<void> {
  for (const seen of [ines, tomas]) await seen.agree(true);
  for (const seen of [ines, tomas]) {
    await until(seen, async () => (await seen.today()).exchange?.mayTell === true || null);
  }
}

async function respond(seen: Seen, act: Extract<Act, { act: 'respond' }>): Promise<void> {
  const opened = await until(seen, async () => (await seen.today()).toReceive);
  await seen.respond(opened.theirs.id, act.kind, act.text ?? null);
}

async function takeBack(phones: Phones, who: Who): Promise<void> {
  const [seen, other] = [phones[who], phones[others[who]]];
  const mine = await until(seen, async () => (await seen.today()).exchange?.mine ?? null);
  await seen.takeBack(mine.id);
  await until(seen, async () => (await seen.today()).exchange?.mine === null || null);
  await until(other, async () => (await other.today()).exchange?.theirsWaits === false || null);
}

async function give(phones: Phones, who: Who, text: string): Promise<void> {
  const [seen, other] = [phones[who], phones[others[who]]];
  const before = (await seen.today()).exchange?.counter ?? 0;
  const otherGave = (await other.today()).exchange?.mine !== null;
  await seen.give(text, true);
  const settled = async (): Promise<true | null> => {
    const exchange = (await other.today()).exchange;
    const there = otherGave ? (exchange?.counter ?? 0) > before : exchange?.theirsWaits === true;
    return there || null;
  };
  await until(other, settled);
}

async function perform(phones: Phones, act: Act): Promise<void> {
  const seen = phones[act.who];
  if (act.act === 'give') await give(phones, act.who, act.text);
  else if (act.act === 'take_back') await takeBack(phones, act.who);
  else if (act.act === 'note') await seen.keepNote(act.text);
  else await respond(seen, act);
}

/** Begins, joins and lives the written week. Whoever has lived already is left as they are. */
export async function live({ phones, week, moveTo, tell, now }: Stage): Promise<void> {
  const standings = await Promise.all([phones.ines.standing(), phones.tomas.standing()]);
  if (standings.some((standing) => standing.stage === 'ready')) return;
  const today = now();
  await moveTo(momentOf(week, 0, today));
  tell({ key: 'demo.beginning' });
  await phones.ines.begin(week.people.ines);
  await phones.tomas.begin(week.people.tomas);
  tell({ key: 'demo.joining' });
  await join(phones);
  for (const [index, day] of week.days.entries()) {
    const moment = momentOf(week, index, today);
    tell({ key: 'demo.evening', params: { day: weekday(moment) } });
    await moveTo(moment);
    for (const act of day.acts) await perform(phones, act);
  }
}
