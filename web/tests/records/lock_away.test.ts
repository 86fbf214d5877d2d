/** A page that was left locks itself, by the time itself and not by a timer that may have slept. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Away } from '../../src/records/away';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a page that is left', () => {
  test.each([60_000, 300_000])('locks_itself_after_%i_ms_and_not_before', (after) => {
    const lock = vi.fn();
    new Away(() => after, lock).left();
    vi.advanceTimersByTime(after - 1);
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(lock).toHaveBeenCalledOnce();
  });

  test('does_not_lock_when_somebody_is_back_in_time', () => {
    const lock = vi.fn();
    const away = new Away(() => 60_000, lock);
    away.left();
    vi.advanceTimersByTime(59_000);
    away.back();
    vi.advanceTimersByTime(600_000);
    expect(lock).not.toHaveBeenCalled();
  });

  test('locks_on_coming_back_when_its_timer_slept', () => {
    const lock = vi.fn();
    const away = new Away(() => 60_000, lock);
    away.left();
    vi.setSystemTime(61_000);
    away.back();
    expect(lock).toHaveBeenCalledOnce();
  });

  test('at_once_leaves_a_moment_to_put_away_what_is_typed', () => {
    const lock = vi.fn();
    new Away(() => 0, lock).left();
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(lock).toHaveBeenCalledOnce();
  });

  test('never_locks_where_no_lock_is_set', () => {
    const lock = vi.fn();
    const away = new Away(() => null, lock);
    away.left();
    vi.advanceTimersByTime(3_600_000);
    away.back();
    expect(lock).not.toHaveBeenCalled();
  });
});
