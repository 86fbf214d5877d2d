/** @file The written week: what each of the two does, evening by evening. */
import week from '../../../content/en/demo/week.json';

export type Who = 'ines' | 'tomas';

export type Act =
  | { who: Who; act: 'give'; text: string }
  | { who: Who; act: 'take_back' }
  | { who: Who; act: 'respond'; kind: 'thanks' | 'words'; text?: string }
  | { who: Who; act: 'note'; text: string };

export interface Day {
  /** "20:40" in the reader's own zone. */
  evening: string;
  acts: Act[];
}

export interface Week {
  people: Record<Who, string>;
  days: Day[];
}

export const writtenWeek = week as Week;

/** The moment of a written day, when the last one falls on the day of `now`; in ms. */
export function momentOf(written: Week, index: number, now: number): number {
  const [hours = 0, minutes = 0] = (written.days[index]?.evening ?? '').split(':').map(Number);
  const day = new Date(now);
  day.setDate(day.getDate() - (written.days.length - 1 - index));
  return day.setHours(hours, minutes, 0, 0);
}

/** The next 20:40 after `now`. */
export function nextEvening(now: number): number {
  const evening = new Date(now);
  evening.setHours(20, 40, 0, 0);
  if (evening.getTime() <= now) evening.setDate(evening.getDate() + 1);
  return evening.getTime();
}
