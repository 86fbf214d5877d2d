/** The sender by itself: one at a time, in order, and never stopped by a failure. Time is virtual. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AccountUnknown, passes, ServerError, Unreachable } from '../../src/sync/errors';
import { QueueLocks } from '../../src/sync/locks';
import { type Outbox, Sender } from '../../src/sync/sender';
import { seeded } from '../house/seeded';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Numbers that wait; the other side keeps each once, whether or not its answer arrives. */
class Numbers implements Outbox<number> {
  readonly kept: number[] = [];
  readonly setAside: number[] = [];
  sending = 0;

  constructor(
    readonly waiting: number[],
    private readonly fail: (n: number) => unknown,
  ) {}

  next(): Promise<number | null> {
    return Promise.resolve(this.waiting[0] ?? null);
  }

  async send(n: number): Promise<void> {
    expect(this.sending).toBe(0);
    this.sending += 1;
    await Promise.resolve();
    this.sending -= 1;
    const before = this.fail(n);
    if (before) throw before;
    if (!this.kept.includes(n)) this.kept.push(n);
    const after = this.fail(n);
    if (after) throw after;
    this.waiting.shift();
  }

  refused(n: number): Promise<'next' | 'later'> {
    this.setAside.push(n);
    this.waiting.shift();
    return Promise.resolve('next');
  }
}

describe('the sender', () => {
  it.each([11, 12, 13, 14])('keeps order and sends each once over a lossy road (seed %i)', async (seed) => {
    const draw = seeded(seed);
    const numbers = new Numbers([...Array(30).keys()], () => (draw(2) === 0 ? new Unreachable() : null));
    const sender = new Sender('outbox', new QueueLocks(), numbers);
    void sender.kick();
    await vi.advanceTimersByTimeAsync(60 * 60 * 1000);
    expect(numbers.kept).toEqual([...Array(30).keys()]);
    expect(numbers.waiting).toEqual([]);
  });

  it('two tabs do not send at once, and nothing goes twice', async () => {
    const numbers = new Numbers([1, 2, 3, 4], () => null);
    const locks = new QueueLocks();
    await Promise.all([
      new Sender('outbox', locks, numbers).kick(),
      new Sender('outbox', locks, numbers).kick(),
    ]);
    expect(numbers.kept).toEqual([1, 2, 3, 4]);
  });

  it('sets aside what the server will never take, and goes on with the next', async () => {
    const wrong = new ServerError(422, 'wrong_size', 'wrong size');
    const numbers = new Numbers([1, 2, 3], (n) => (n === 2 ? wrong : null));
    await new Sender('outbox', new QueueLocks(), numbers).kick();
    expect(numbers.kept).toEqual([1, 3]);
    expect(numbers.setAside).toEqual([2]);
  });

  it.each([
    [409, 'stale_epoch'],
    [409, 'different'],
    [413, 'too_large'],
    [422, 'wrong_size'],
    [507, 'quota'],
  ] as const)('does not ask again after %i %s', (status, code) => {
    expect(passes(new ServerError(status, code, code))).toBe(false);
  });

  it.each([401, 408, 429, 500, 503])('asks again, unchanged, after %i', (status) => {
    expect(passes(new ServerError(status, 'x', 'x'))).toBe(true);
    expect(passes(new AccountUnknown())).toBe(true);
  });

  it('waits as long as the server says', async () => {
    let times = 0;
    const slow = new ServerError(429, 'slow_down', 'slow', 100);
    const numbers = new Numbers([1], () => (times++ === 0 ? slow : null));
    const sender = new Sender('outbox', new QueueLocks(), numbers);
    await sender.kick();
    await vi.advanceTimersByTimeAsync(99_000);
    expect(numbers.kept).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(numbers.kept).toEqual([1]);
  });
});
