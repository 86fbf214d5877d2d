import { expect, test } from 'vitest';
import { almondPath, arcRadius, lid, overlap } from './geometry';
import { fitted } from './label';

test('the_overlap_of_the_welcome_is_320_wide_and_142_high', () => {
  const { halfWidth, halfHeight } = overlap(216, 290);
  expect(halfWidth).toBeCloseTo(160.1, 1);
  expect(halfHeight).toBeCloseTo(71, 5);
});

test('the_arcs_of_an_overlap_have_the_radius_of_its_circles', () => {
  for (const d of [20, 150, 290, 400]) expect(arcRadius(overlap(216, d))).toBeCloseTo(216, 6);
});

test('circles_that_do_not_meet_share_nothing', () => {
  expect(overlap(50, 100)).toEqual({ halfWidth: 0, halfHeight: 0 });
});

test('a_lid_is_three_quarters_of_a_radius_wide', () => {
  expect(2 * lid(92).halfWidth).toBeCloseTo(69);
});

test('an_almond_begins_and_ends_at_its_left_corner', () => {
  expect(almondPath(10, 5, { halfWidth: 4, halfHeight: 2 })).toBe('M6 5A5 5 0 0 1 14 5A5 5 0 0 1 6 5Z');
});

test('a_short_name_keeps_its_size_and_a_long_one_is_cut', () => {
  expect(fitted('Ines', 130, 36)).toEqual({ text: 'Ines', size: 36 });
  const long = fitted('Maximiliane-Theodora von der Aue', 130, 36);
  expect(long.text).toBe('Maximiliane-Theod…');
  expect(long.size).toBeCloseTo(13.4);
});
