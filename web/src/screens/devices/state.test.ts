import { expect, test } from 'vitest';
import type { DeviceShown } from '../../records/contract';
import { devicesFace } from './state';

const now = new Date('2026-11-22T20:40:00').getTime();
const here: DeviceShown = { id: 'a', name: null, added: now, here: true, removed: false };
const tablet: DeviceShown = { id: 'b', name: 'Tablet', added: null, here: false, removed: false };

test('this_one_comes_first_and_what_was_removed_stands_apart', () => {
  const old: DeviceShown = { ...tablet, id: 'c', name: 'Old', removed: true };
  const shown = devicesFace([tablet, old, here], now);
  expect(shown.live.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(shown.removed).toEqual(['Old']);
});

test('a_device_says_what_is_known_of_it_and_no_more', () => {
  const [first, second] = devicesFace([here, tablet], now).live;
  expect(first).toMatchObject({
    head: 'This phone',
    small: { key: 'devices.since', params: { day: '22 November' } },
  });
  expect(second).toMatchObject({ head: 'Tablet', small: null });
  const named = devicesFace([{ ...here, name: 'Ines’ phone' }], now).live[0];
  expect(named?.small?.key).toBe('devices.here_since');
});
