import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { connectionLine, warningLines } from './connection';
import { capitalised, inWords } from './count';
import { pressed } from './exit';
import { keepLight, readLight } from './light';
import { errorKey } from './trouble';
import { clockTime, dayAndMonth, daysBetween, partOfDay, weekday } from './when';

const evening = new Date('2026-11-22T20:40:00').getTime();

test('shift_three_times_within_a_second_and_a_half_leaves', () => {
  let presses: number[] = [];
  for (const at of [0, 500]) presses = pressed(presses, 'Shift', at).presses;
  expect(pressed(presses, 'Shift', 1000).leave).toBe(true);
  expect(pressed(presses, 'Shift', 1600).leave).toBe(false);
});

test('a_capital_letter_between_does_not_count_as_leaving', () => {
  const first = pressed([], 'Shift', 0).presses;
  expect(pressed(first, 'A', 10).presses).toEqual([]);
});

test('nothing_is_said_while_the_connection_is_there', () => {
  expect(connectionLine({ connection: 'online', unsent: 4, forgotten: false })).toBeNull();
  expect(connectionLine({ connection: 'connecting', unsent: 1, forgotten: false })).toBeNull();
});

test('a_server_that_has_forgotten_is_told_before_all_else', () => {
  for (const connection of ['online', 'offline', 'connecting'] as const) {
    const line = connectionLine({ connection, unsent: 3, forgotten: true });
    expect(line).toEqual({ key: 'connection.forgotten' });
  }
});

test('what_waits_to_go_is_counted_in_words', () => {
  expect(connectionLine({ connection: 'offline', unsent: 0, forgotten: false })).toEqual({
    key: 'connection.none',
  });
  expect(connectionLine({ connection: 'offline', unsent: 1, forgotten: false })).toEqual({
    key: 'connection.kept_one',
  });
  expect(connectionLine({ connection: 'offline', unsent: 2, forgotten: false })?.params).toEqual({
    count: 'Two',
  });
});

test('each_warning_has_a_sentence_that_says_what_to_do', () => {
  const warnings = ['list_silent', 'list_hidden', 'fork', 'rolled_back'] as const;
  const lines = warningLines({ warnings, partner: { name: 'Tomas' } });
  expect(lines.map(({ key }) => key)).toEqual(warnings.map((warning) => `warning.${warning}`));
  expect(warningLines({ warnings: [], partner: null })).toEqual([]);
});

test('numbers_up_to_twelve_are_words', () => {
  expect(inWords(12)).toBe('twelve');
  expect(inWords(13)).toBe('13');
  expect(capitalised('seven')).toBe('Seven');
});

test('an_unknown_failure_is_told_as_unexpected', () => {
  expect(errorKey({ code: 'invite_used' })).toBe('error.invite_used');
  expect(errorKey({ code: 'toString' })).toBe('error.unexpected');
  expect(errorKey(new Error('x'))).toBe('error.unexpected');
});

test('times_are_said_as_people_say_them', () => {
  expect(weekday(evening)).toBe('Sunday');
  expect(dayAndMonth(evening)).toBe('22 November');
  expect(dayAndMonth(evening, new Date('2027-01-02').getTime())).toBe('22 November 2026');
  expect(clockTime(evening)).toBe('20:40');
  expect(partOfDay(evening)).toBe('evening');
});

test('days_are_counted_by_midnights', () => {
  expect(daysBetween(evening, evening + 4 * 3_600_000)).toBe(1);
  expect(daysBetween(evening, evening - 21 * 3_600_000)).toBe(-1);
});

test('the_light_is_the_devices_until_one_is_chosen', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  expect(readLight(storage)).toBe('device');
  keepLight(storage, 'night');
  expect(readLight(storage)).toBe('night');
  keepLight(storage, 'device');
  expect(kept.size).toBe(0);
});

test('night_by_choice_is_the_same_night_as_by_the_device', () => {
  const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
  const block = (from: string): string[] =>
    (css.split(from)[1] ?? '').split('}')[0]?.match(/--[\w-]+: [^;]+;/g) ?? [];
  const byDevice = block(":root:not([data-light='paper']) {");
  expect(byDevice.length).toBeGreaterThan(20);
  expect(block(":root[data-light='night'] {")).toEqual(byDevice);
});
