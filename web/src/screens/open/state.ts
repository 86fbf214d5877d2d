/** @file An opened pair: theirs first, mine below, thanks first, own words second. */
import type { Given, Opened } from '../../records/contract';
import type { Said } from '../../text/text';
import { partOfDay, weekday, dayAndMonth, daysBetween } from '../../ui/when';

export interface OpenFace {
  when: Said;
  /** What I answered already, as a sentence; null while nothing has been said. */
  answered: Said | null;
  canAnswer: boolean;
  canTakeBack: boolean;
  /** Whether the pair opens before one's eyes: only while it has not been answered and not been opened here. */
  moves: boolean;
}

/** "Sunday evening", within the last six days; before that "22 November". */
export function whenOpened(stamp: number, now: number): Said {
  if (daysBetween(stamp, now) > 6) return { key: 'open.on', params: { day: dayAndMonth(stamp, now) } };
  return { key: `open.${partOfDay(stamp)}`, params: { day: weekday(stamp) } };
}

function answerOf(theirs: Given, name: string): Said | null {
  if (!theirs.response) return null;
  return { key: theirs.response.kind === 'thanks' ? 'open.thanked' : 'open.answered', params: { name } };
}

export function openFace(opened: Opened, name: string, now: number, openedHere: boolean): OpenFace {
  const answered = answerOf(opened.theirs, name);
  const canAnswer = answered === null && !opened.theirs.withdrawn;
  return {
    when: whenOpened(opened.stamp, now),
    answered,
    canAnswer,
    canTakeBack: !opened.mine.withdrawn,
    moves: canAnswer && !openedHere,
  };
}

/** What somebody answered to the other's true thing, as it stands under it. */
export function responseLine(
  given: Given,
  by: 'me' | 'them',
  name: string,
): { head: Said; text: string } | null {
  const { response } = given;
  if (!response) return null;
  const key =
    response.kind === 'thanks' ? (`open.thanks_by_${by}` as const) : (`open.words_by_${by}` as const);
  return { head: { key, params: { name } }, text: response.kind === 'words' ? (response.text ?? '') : '' };
}
