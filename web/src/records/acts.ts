/**
 * @file One's own acts: an intent becomes an event in the core, is absorbed at once, and waits in the outbox until the
 * server has kept it.
 */
import { type CoreEvent, CoreError, type Intent } from '../core/core';
import type { ExchangeView, MeView } from '../core/views';
import type { HeldRow, OutboxRow, RecordOutbox } from '../store/rows';
import { random, toBase64 } from '../vault/bytes';
import { changesIn, isRecord, type Journal } from './journal';
import type { Home } from './house';
import { Mutex } from './mutex';

export interface ActOptions {
  /** False for what only accompanies another act. */
  counts?: boolean;
  /** Adds what the core must not see. */
  seal?: (event: CoreEvent) => CoreEvent;
}

const notYours = new Set([303, 304]);
const nothingWaits = 306;

export class Acts {
  private readonly one = new Mutex();

  constructor(
    private readonly home: Home,
    private readonly journal: Journal,
    private readonly kick: () => void,
  ) {}

  do(space: string, intent: Intent, options: ActOptions = {}): Promise<void> {
    return this.one.run(() => this.act(space, intent, options));
  }

  /** Resolves when what has been begun is kept. */
  idle(): Promise<void> {
    return this.one.run(() => Promise.resolve());
  }

  me(): MeView {
    return this.home.core.view<MeView>('me', this.home.now());
  }

  exchange(space: string): ExchangeView {
    return this.home.core.view<ExchangeView>('exchange', this.home.now(), { space });
  }

  give(space: string, text: string, letKnow: boolean): Promise<void> {
    return this.one.run(async () => {
      const opensAtOnce = this.exchange(space).theirs_waits;
      await this.act(space, { type: 'give', text }, {});
      if (letKnow && !opensAtOnce) await this.act(space, { type: 'tell_waiting' }, { counts: false });
    });
  }

  /** Always ends the same, whether it waited, was opened, or is gone already: no read receipt. */
  takeBack(space: string, id: string): Promise<void> {
    return this.one.run(async () => {
      const { mine } = this.exchange(space);
      if (mine?.id === id) await this.takeBackHeld(space, id);
      else await this.withdraw(space, id);
    });
  }

  /** One that was taken back while it was being opened. */
  withdrawLate(space: string, target: string): Promise<void> {
    return this.one.run(() => this.withdraw(space, target));
  }

  private async withdraw(space: string, target: string): Promise<void> {
    try {
      await this.act(space, { type: 'withdraw', target }, {});
    } catch (error) {
      if (!(error instanceof CoreError) || !notYours.has(error.code)) throw error;
    }
  }

  private async act(space: string, intent: Intent, options: ActOptions): Promise<void> {
    const id = toBase64(random(16));
    const at = this.home.now();
    const intended = this.home.core.intend(space, id, at, intent);
    const event = options.seal ? options.seal(intended.event) : intended.event;
    const row: RecordOutbox = {
      kind: 'record',
      space,
      id,
      class: intended.class,
      counter: intended.class === 'held' ? (intended.counter ?? 0) : null,
      erases: intended.erases ?? null,
      draft: await this.home.deviceSeal.sealJson(`outbox/${id}`, { event, at }),
      at,
      posted: null,
      acknowledged: false,
      counts: options.counts ?? true,
      stuck: null,
    };
    await this.home.store.enqueue(row);
    this.journal.absorbOwn(row, event);
    this.home.changed(...changesIn(space === this.home.keys.room));
    this.home.tellTabs({ note: 'outbox' });
    this.kick();
  }

  private async takeBackHeld(space: string, id: string): Promise<void> {
    const rows = (await this.home.store.outbox()).filter(isRecord);
    const waiting = rows.find((row) => row.space === space && row.id === id);
    const held = (await this.home.store.held(space)).find((row) => row.id === id);
    await this.unsay(space, rows);
    const gone = waiting?.n === undefined ? undefined : await this.home.store.takeOutbox(waiting.n);
    await this.home.store.dropHeld(space, id);
    this.forget(space, id);
    const hold = holdOf(gone, held);
    // One that has never been sent needs no word to the server.
    if (hold !== null) await this.home.store.enqueue({ kind: 'unhold', space, hold, target: id });
    this.home.changed('today', 'standing');
    this.home.tellTabs({ note: 'forget', space, id });
    this.kick();
  }

  /** "One of mine waits" is unsaid: silently when it has not gone yet. */
  private async unsay(space: string, rows: readonly RecordOutbox[]): Promise<void> {
    if (!this.journal.told.has(space)) return;
    this.journal.told.delete(space);
    const unsaid = rows.find(
      (row) => row.space === space && row.class === 'durable' && !row.counts && !row.posted,
    );
    if (unsaid?.n !== undefined) {
      await this.home.store.dropOutbox(unsaid.n);
      this.forget(space, unsaid.id);
      this.home.tellTabs({ note: 'forget', space, id: unsaid.id });
      return;
    }
    try {
      await this.act(space, { type: 'tell_quiet' }, { counts: false });
    } catch (error) {
      if (!(error instanceof CoreError) || error.code !== nothingWaits) throw error;
    }
  }

  private forget(space: string, id: string): void {
    this.home.core.forget(space, id);
  }
}

function holdOf(gone: OutboxRow | undefined, held: HeldRow | undefined): string | null {
  const posted = gone?.kind === 'record' ? gone.posted : null;
  return posted?.hold ?? held?.wire.hold ?? null;
}
