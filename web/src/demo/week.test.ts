import { expect, test } from 'vitest';
import { momentOf, nextEvening, writtenWeek } from './week';

const now = new Date('2026-11-22T13:00:00').getTime();

test('the_written_week_ends_today', () => {
  expect(new Date(momentOf(writtenWeek, 6, now)).toString()).toContain('Nov 22 2026 20:40');
  expect(new Date(momentOf(writtenWeek, 0, now)).toString()).toContain('Nov 16 2026 21:05');
});

test('the_week_has_a_day_without_words_and_one_taken_back', () => {
  expect(writtenWeek.days).toHaveLength(7);
  expect(writtenWeek.days.some((day) => day.acts.length === 0)).toBe(true);
  expect(writtenWeek.days.some((day) => day.acts.some((act) => act.act === 'take_back'))).toBe(true);
});

test('the_week_ends_with_one_of_tomas_that_waits', () => {
  expect(writtenWeek.days.at(-1)?.acts.map((act) => [act.who, act.act])).toEqual([['tomas', 'give']]);
});

test('the_next_evening_is_never_now', () => {
  const evening = nextEvening(now);
  expect(new Date(evening).getHours()).toBe(20);
  expect(nextEvening(evening) - evening).toBe(86_400_000);
});
