/** @file What Today says: what matters now, as a sentence. One title, one or two sentences, one main control. */
import type { Agreement, Standing, Today } from '../../records/contract';
import { t, type Key, type Said } from '../../text/text';
import type { PartOfDay } from '../../ui/when';

export type Moment =
  'alone' | 'they_left' | 'i_left' | 'nothing' | 'mine' | 'lapsed' | 'theirs' | 'resting' | 'receive';

export interface Way {
  said: Said;
  href: string;
}

export interface TodayFace {
  moment: Moment;
  drawing: 'alone' | 'present' | 'mine' | 'theirs' | 'open';
  /** The drawing in words. */
  sentence: Said;
  title: Said;
  text: Said;
  main: Way;
  second: Way | 'rest' | null;
  row: { head: Key; small: Key; href: string } | null;
}

export function momentOf(today: Today, resting: number | null, over: Standing['over'] = 'none'): Moment {
  const { exchange, toReceive } = today;
  if (over !== 'none') return over;
  if (!exchange) return 'alone';
  if (toReceive) return 'receive';
  if (exchange.mine?.lapsed) return 'lapsed';
  if (exchange.state === 'mine' || exchange.state === 'both') return 'mine';
  if (exchange.state === 'nothing') return 'nothing';
  return resting === exchange.counter ? 'resting' : 'theirs';
}

const greetings: Record<PartOfDay, Key> = {
  morning: 'today.alone.morning',
  afternoon: 'today.alone.afternoon',
  evening: 'today.alone.evening',
  night: 'today.alone.night',
};

/** In which no other person is expected. */
const single: readonly Moment[] = ['alone', 'they_left', 'i_left'];

function row(moment: Moment, standing: Standing, agreement: Agreement | null): TodayFace['row'] {
  if (standing.joining)
    return { head: 'today.row.joining', small: 'today.row.joining_small', href: joinHref(standing) };
  if (!single.includes(moment) && agreement?.mine === null)
    return { head: 'agree.row', small: 'agree.row_small', href: '#/agreement' };
  if (standing.phraseHere && !standing.phraseChecked && moment !== 'alone') {
    return { head: 'today.row.words', small: 'today.row.words_small', href: '#/words' };
  }
  if (moment === 'they_left') return { head: 'leave.away_title', small: 'leave.away_small', href: '#/leave' };
  if (single.includes(moment))
    return { head: 'today.row.invite', small: 'today.row.invite_small', href: '#/invite' };
  return { head: 'today.row.line', small: 'today.row.line_small', href: '#/line' };
}

function joinHref(standing: Standing): string {
  return standing.joining === 'inviter' ? '#/invite' : '#/join';
}

/** Everything that Today shows, from where this device stands, what the records say, and the part of the day. */
export function todayFace(
  standing: Standing,
  today: Today,
  resting: number | null,
  part: PartOfDay,
  agreement: Agreement | null = null,
): TodayFace {
  const moment = momentOf(today, resting, standing.over);
  const rest = { moment, row: row(moment, standing, agreement) };
  const name = standing.partner?.name || t('someone');
  if (moment === 'alone') return { ...alone(standing, part), ...rest };
  if (moment === 'they_left' || moment === 'i_left')
    return { ...alone(standing, part), ...parted(moment, { name }), ...rest };
  if (moment === 'lapsed') return { ...lapsed(today.exchange?.theirsWaits ?? false, { name }), ...rest };
  const counter = String(today.toReceive?.counter ?? 0);
  return { ...joined(moment, { name }, counter), ...rest };
}

type Words = Omit<TodayFace, 'moment' | 'row'>;

function alone(standing: Standing, part: PartOfDay): Words {
  return {
    drawing: 'alone',
    sentence: standing.name
      ? { key: 'today.alone.drawing', params: { name: standing.name } }
      : { key: 'today.alone.drawing_unnamed' },
    title: { key: greetings[part] },
    text: { key: 'today.alone.text' },
    main: { said: { key: 'today.alone.main' }, href: '#/line' },
    second: null,
  };
}

/** One of the two has left: whole again, and what was opened can be read. */
function parted(moment: 'they_left' | 'i_left', params: { name: string }): Partial<Words> {
  return {
    title: { key: `today.${moment}.title`, params },
    text: { key: `today.${moment}.text`, params },
    second: { said: { key: 'today.parted.read' }, href: '#/between' },
  };
}

function lapsed(theirsWaits: boolean, params: { name: string }): Words {
  return {
    drawing: theirsWaits ? 'theirs' : 'present',
    sentence: { key: theirsWaits ? 'today.theirs.drawing' : 'today.nothing.drawing', params },
    title: { key: 'today.lapsed.title' },
    text: { key: theirsWaits ? 'today.lapsed.both' : 'today.lapsed.text', params },
    main: { said: { key: 'today.lapsed.main' }, href: '#/sealed' },
    second: null,
  };
}

type Together = Exclude<Moment, 'alone' | 'they_left' | 'i_left' | 'lapsed'>;

function joined(moment: Together, params: { name: string }, counter: string): Words {
  const write: Way = { said: { key: 'today.write' }, href: '#/write' };
  const words: Record<Together, Words> = {
    nothing: {
      drawing: 'present',
      sentence: { key: 'today.nothing.drawing', params },
      title: { key: 'today.nothing.title' },
      text: { key: 'today.nothing.text', params },
      main: { said: { key: 'today.nothing.main' }, href: '#/write' },
      second: null,
    },
    mine: {
      drawing: 'mine',
      sentence: { key: 'today.mine.drawing', params },
      title: { key: 'today.mine.title' },
      text: { key: 'today.mine.text', params },
      main: { said: { key: 'today.mine.main' }, href: '#/sealed' },
      second: null,
    },
    theirs: {
      drawing: 'theirs',
      sentence: { key: 'today.theirs.drawing', params },
      title: { key: 'today.theirs.title', params },
      text: { key: 'today.theirs.text' },
      main: write,
      second: 'rest',
    },
    resting: {
      drawing: 'theirs',
      sentence: { key: 'today.theirs.drawing', params },
      title: { key: 'today.resting.title' },
      text: { key: 'today.resting.text', params },
      main: { said: { key: 'today.alone.main' }, href: '#/line' },
      second: write,
    },
    receive: {
      drawing: 'open',
      sentence: { key: 'today.receive.drawing', params },
      title: { key: 'today.receive.title' },
      text: { key: 'today.receive.text', params },
      main: { said: { key: 'today.receive.main' }, href: `#/open/${counter}` },
      second: { said: { key: 'today.receive.another' }, href: '#/write' },
    },
  };
  return words[moment];
}
