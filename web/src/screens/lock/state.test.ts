import { expect, test } from 'vitest';
import { afterOf, afters, lackingIn, waitsSaid } from './state';

test('a_pin_has_four_to_twelve_digits', () => {
  expect(lackingIn('pin', '123', '')).toBe('lock.pin_short');
  expect(lackingIn('pin', '12a4', '')).toBe('lock.digits');
  expect(lackingIn('pin', '1234567890123', '')).toBe('lock.pin_long');
  expect(lackingIn('pin', '1234', '')).toBe('lock.again_yet');
  expect(lackingIn('pin', '1234', '1235')).toBe('lock.differ');
  expect(lackingIn('pin', '1234', '1234')).toBeNull();
});

test('a_passphrase_has_eight_characters_or_more', () => {
  expect(lackingIn('', '', '')).toBe('lock.none_yet');
  expect(lackingIn('passphrase', 'lantern', 'lantern')).toBe('lock.passphrase_short');
  expect(lackingIn('passphrase', 'lantern river', 'lantern river')).toBeNull();
});

test('after_a_wrong_one_it_is_said_how_long_the_next_waits', () => {
  expect(waitsSaid({ waitsMs: 0 }).key).toBe('locked.wrong');
  expect(waitsSaid({ waitsMs: 900 }).key).toBe('locked.wrong_one');
  expect(waitsSaid({ waitsMs: 3500 })).toEqual({ key: 'locked.wrong_waits', params: { count: 'four' } });
});

test('each_time_after_which_it_locks_is_one_of_three', () => {
  expect(afters.map(({ value }) => afterOf(value))).toEqual([0, 60000, 300000]);
});
