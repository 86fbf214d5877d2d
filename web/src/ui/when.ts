/**
 * @file Times as people say them. Everything takes the moment as a number of ms and the reader's own zone; nothing
 * here reads a clock.
 */

export type PartOfDay = 'morning' | 'afternoon' | 'evening' | 'night';

export function partOfDay(at: number): PartOfDay {
  const hour = new Date(at).getHours();
  if (hour < 5) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

export function weekday(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long' }).format(at);
}

/** "22 November", with the year where it is not the reader's year: "22 November 2024". */
export function dayAndMonth(at: number, now: number = at): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', ...year }).format(at);
}

/** "20:40" */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at);
}

/** Whole days between two moments by the calendar of the reader, negative for the past. */
export function daysBetween(now: number, at: number): number {
  const midnight = (moment: number): number => new Date(moment).setHours(0, 0, 0, 0);
  return Math.round((midnight(at) - midnight(now)) / 86_400_000);
}
