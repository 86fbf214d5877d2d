/**
 * @file Sends what waits in the outbox, in order, one after the other, in one tab only. What was sent and not answered
 * is sent again with the same bytes, and the server keeps it once.
 */
import { Backoff } from './backoff';
import { passes } from './errors';
import type { Locks } from './locks';

export interface Outbox<Item> {
  /** The oldest that can still go, sealed; null when nothing waits. */
  next(): Promise<Item | null>;
  /** Sends it and takes the answer in. Rejects when it did not go. */
  send(item: Item): Promise<void>;
  /** It will not go as it stands: it was set aside (`next`), or nothing can go until something changes (`later`). */
  refused(item: Item, error: unknown): Promise<'next' | 'later'>;
}

export class Sender<Item> {
  private readonly backoff = new Backoff();
  private retry: ReturnType<typeof setTimeout> | null = null;
  private running: Promise<void> | null = null;
  private asked = false;
  private stopped = false;

  constructor(
    private readonly lockName: string,
    private readonly locks: Locks,
    private readonly outbox: Outbox<Item>,
  ) {}

  /** Something is there to send, or the network came back. Resolves when nothing more can go now. */
  kick(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    this.asked = true;
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  stop(): void {
    this.stopped = true;
    if (this.retry) clearTimeout(this.retry);
  }

  private async run(): Promise<void> {
    while (this.asked && !this.stopped) {
      this.asked = false;
      // What fails outside a sending, such as the storage, is tried again as well: nothing may stop the outbox.
      await this.locks.hold(this.lockName, () => this.drain()).catch((error: unknown) => this.later(error));
    }
  }

  private async drain(): Promise<void> {
    while (!this.stopped) {
      const item = await this.outbox.next();
      if (item === null) return;
      try {
        await this.outbox.send(item);
        this.backoff.reset();
      } catch (error) {
        if (passes(error) || (await this.outbox.refused(item, error)) === 'later') return this.later(error);
      }
    }
  }

  private later(error: unknown): void {
    if (this.stopped) return;
    const told = (error as { retryAfter?: number | null }).retryAfter ?? 0;
    if (this.retry) clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.kick(), Math.max(this.backoff.next(), told * 1000));
  }
}
