/**
 * @file One's own acts: an intent becomes an event in the core, is absorbed at once, and waits in the outbox until the
 * server has kept it.
 */
import { type CoreEvent, CoreError, type Intent } from '../core/core';
import type { ExchangeView, MeView } from '../core/views';
import type { HeldRow, OutboxRow, RecordOutbox } from '../store/rows';
import { random, toBase64 } from '../vault/bytes';
import { changesIn, type DraftBody, isRecord, type Journal } from './journal';
import type { Home } from './house';
import { Mutex } from './mutex';

export interface ActOptions {
  /** False for what only accompanies another act. */
  counts?: boolean;
  /** Adds what the core must not see. */
  seal?: (event: CoreEvent) => CoreEvent;
}

/** Not to be withdrawn by me, or no longer: 303 unknown, 304 the other's, 308 left. */
const notYours = new Set([303, 304, 308]);
const nothingWaits = 306;

interface Prepared {
  row: RecordOutbox;
  event: CoreEvent;
}

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

  /** Null once one of the two has left. */
  exchange(space: string): ExchangeView | null {
    return this.home.core.view<ExchangeView | null>('exchange', this.home.now(), { space });
  }

  give(space: string, text: string, letKnow: boolean): Promise<void> {
    return this.one.run(async () => {
      const before = this.exchange(space);
      await this.act(space, { type: 'give', text }, {});
      const tells = letKnow && before?.may_tell === true && !before.theirs_waits;
      if (tells) await this.act(space, { type: 'tell_waiting' }, { counts: false });
    });
  }

  /** Mine has lapsed: what was said to wait is said to wait no more. Its words stay here. */
  quietLapsed(space: string): Promise<void> {
    return this.one.run(async () => {
      if (this.exchange(space)?.mine?.lapsed !== true) return;
      await this.unsay(space, (await this.home.store.outbox()).filter(isRecord));
    });
  }

  /**
   * Three steps, kept together: the word to the other, the one in my own room, and the leaving itself. They go in this
   * order, whenever there is a connection. Who is left behind says nothing more and only puts the space away.
   */
  leave(space: string, erase: boolean): Promise<void> {
    return this.one.run(async () => {
      const { over } = this.me();
      if (over === 'i_left') return;
      const steps: Prepared[] = [];
      if (over === 'none') steps.push(await this.prepare(space, { type: 'leave' }, { counts: false }));
      const { room } = this.home.keys;
      steps.push(await this.prepare(room, { type: 'left', shared: space }, { counts: false }));
      await this.letGoOfHeld(space);
      await this.keep(steps, [{ kind: 'leave', space, erase }]);
    });
  }

  /** Always ends the same, whether it waited, was opened, or is gone already: no read receipt. */
  takeBack(space: string, id: string): Promise<void> {
    return this.one.run(async () => {
      const exchange = this.exchange(space);
      if (exchange?.mine?.id === id) await this.takeBackHeld(space, id, exchange.counter);
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
    await this.keep([await this.prepare(space, intent, options)]);
  }

  /** Checked by the core and sealed by the device; nothing has been kept yet. */
  private async prepare(space: string, intent: Intent, options: ActOptions): Promise<Prepared> {
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
    return { row, event };
  }

  private async keep(prepared: readonly Prepared[], then: readonly OutboxRow[] = []): Promise<void> {
    await this.home.store.enqueue(...prepared.map(({ row }) => row), ...then);
    for (const { row, event } of prepared) {
      this.journal.absorbOwn(row, event);
      this.home.changed(...changesIn(row.space === this.home.keys.room));
    }
    this.home.tellTabs({ note: 'outbox' });
    this.kick();
  }

  /** What has been given and not been sent does not go any more. */
  private async letGoOfHeld(space: string): Promise<void> {
    for (const row of (await this.home.store.outbox()).filter(isRecord)) {
      if (row.space !== space || row.class !== 'held' || row.n === undefined) continue;
      await this.home.store.dropOutbox(row.n);
      this.forget(space, row.id);
    }
  }

  private async takeBackHeld(space: string, id: string, counter: number): Promise<void> {
    const rows = (await this.home.store.outbox()).filter(isRecord);
    const waiting = rows.find((row) => row.space === space && row.id === id);
    // A lapsed one may still lie under the same hold: it goes as well.
    const ofThis = this.home.keys.hold(space, counter);
    const held = (await this.home.store.held(space)).filter(
      (row) => row.id === id || row.wire.hold === ofThis,
    );
    await this.unsay(space, rows);
    const gone = waiting?.n === undefined ? undefined : await this.home.store.takeOutbox(waiting.n);
    for (const one of new Set([id, ...held.map((row) => row.id)])) {
      await this.home.store.dropHeld(space, one);
      this.forget(space, one);
    }
    // One that is being sealed anew has been there before, under the same hold.
    const again = gone?.kind === 'record' && gone.instead !== undefined;
    const hold = again ? ofThis : holdOf(gone, held[0]);
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
    const unsaid = await this.unsentTelling(space, rows);
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

  private async unsentTelling(
    space: string,
    rows: readonly RecordOutbox[],
  ): Promise<RecordOutbox | undefined> {
    for (const row of rows) {
      if (row.space !== space || row.class !== 'durable' || row.counts || row.posted) continue;
      const { event } = await this.home.deviceSeal.openJson<DraftBody>(`outbox/${row.id}`, row.draft);
      if (event['type'] === 'truth.waiting') return row;
    }
    return undefined;
  }

  private forget(space: string, id: string): void {
    this.home.core.forget(space, id);
  }
}

function holdOf(gone: OutboxRow | undefined, held: HeldRow | undefined): string | null {
  const posted = gone?.kind === 'record' ? gone.posted : null;
  return posted?.hold ?? held?.wire.hold ?? null;
}
