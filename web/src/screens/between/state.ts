/** @file What lies between the two: each pair as a row, the newest first, with what was answered. */
import type { Given, Opened, Page } from '../../records/contract';
import type { Said } from '../../text/text';
import { whenOpened } from '../open/state';

export const pageSize = 20;

export interface PairRow {
  counter: number;
  head: { text: string } | Said;
  /** My own words beside theirs; empty when I took them back. */
  mine: string;
  when: Said;
  answers: Said | null;
}

export function pairRow(opened: Opened, name: string, now: number): PairRow {
  return {
    counter: opened.counter,
    head: headOf(opened.theirs, opened.mine, name),
    mine: opened.mine.text ?? '',
    when: whenOpened(opened.stamp, now),
    answers: answersOf(opened, name),
  };
}

function headOf(theirs: Given, mine: Given, name: string): PairRow['head'] {
  if (theirs.withdrawn && mine.withdrawn) return { key: 'between.both_gone' };
  if (theirs.withdrawn || theirs.text === null) return { key: 'between.theirs_gone', params: { name } };
  return { text: theirs.text };
}

function answersOf({ mine, theirs }: Opened, name: string): Said | null {
  if (mine.response && theirs.response) return { key: 'between.both_answered' };
  if (mine.response) return { key: 'between.they_answered', params: { name } };
  return theirs.response ? { key: 'between.i_answered', params: { name } } : null;
}

/** The pages so far with one more after them; a pair that stands in both is taken from the newer page. */
export function joinPages(so: Opened[], next: Page<Opened>): Opened[] {
  const known = new Set(next.items.map((item) => item.counter));
  return [...so.filter((item) => !known.has(item.counter)), ...next.items].sort(
    (a, b) => b.counter - a.counter,
  );
}
