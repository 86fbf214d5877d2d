/**
 * @file What two say to each other while they are in the same exercise: sealed like everything else, passed on at once,
 * and kept by nobody. What was missed while a line was down is given again from the server's memory; after a restart of
 * the server nothing is, and both phones offer their own state anew (`anew`). Never the same thing twice.
 */
import type { CoreEvent } from '../core/core';
import type { Follower } from '../sync/follower';
import { ServerError } from '../sync/errors';
import type { BriefTold } from '../sync/wire';
import { random, toBase64 } from '../vault/bytes';
import { type RecordHead, sealRecord } from '../vault/record';
import type { WireRecord } from '../vault/wire';
import { openFrom } from './arrival';
import type { Home } from './house';
import type { Spaces } from './spaces';

export interface Said {
  id: string;
  mine: boolean;
  event: CoreEvent;
  /** ms, the author's clock. */
  at: number;
  /** ms, the server's clock. */
  stamp: number;
}

export interface MeetingHeard {
  said(said: Said): void;
  /** Whether the other is in the same exercise now. */
  present(other: boolean): void;
  /** The server has forgotten what was said: offer your own state again. */
  anew(): void;
}

export class Meeting {
  private ring: string | null = null;
  private after = 0;
  private readonly known = new Set<string>();

  constructor(
    private readonly home: Home,
    private readonly spaces: Spaces,
    private readonly follower: Follower,
    readonly space: string,
    private readonly heard: MeetingHeard,
    /** Reads the newest epoch of the space. */
    private readonly turn: (space: string) => Promise<void>,
  ) {}

  /** Goes in, and in again with every new connection, until `leave`. */
  enter(): void {
    this.follower.goIn({ space: this.space, place: () => ({ ring: this.ring, after: this.after }) });
  }

  leave(): void {
    this.follower.goOut();
  }

  /** Resolves when it was heard; rejects when there is no connection, for nothing of it is kept to be sent later. */
  async say(event: CoreEvent): Promise<void> {
    try {
      await this.post(event);
    } catch (error) {
      if (!(error instanceof ServerError) || error.code !== 'stale_epoch') throw error;
      await this.turn(this.space);
      await this.post(event);
    }
  }

  take(ring: string, told: readonly BriefTold[]): void {
    if (ring !== this.ring) {
      const forgotten = this.ring !== null;
      this.ring = ring;
      this.after = 0;
      if (forgotten) this.heard.anew();
    }
    for (const brief of told) {
      this.after = Math.max(this.after, brief.n);
      if (this.known.has(brief.id)) continue;
      this.known.add(brief.id);
      const said = this.open(brief);
      if (said) this.heard.said(said);
    }
  }

  takePresent(accounts: readonly string[]): void {
    this.heard.present(accounts.some((account) => account !== this.home.keys.me));
  }

  private async post(event: CoreEvent): Promise<void> {
    const { keys, session } = this.home;
    const { n, key } = keys.newest(this.space);
    const id = toBase64(random(16));
    const head: RecordHead = {
      space: this.space,
      epoch: n,
      account: keys.me,
      device: keys.identity.device,
      id,
      hold: null,
      class: 'brief',
      prev: null,
    };
    const body = { event, at: this.home.now(), seen: null, head: this.spaces.myHead() };
    const sealed = sealRecord(head, body, { epoch: key, author: keys.author(this.space) });
    await session.ask('POST', `/spaces/${this.space}/brief`, {
      v: 1,
      id,
      device: head.device,
      epoch: n,
      sealed,
    });
  }

  /** Null for one that fails a check: it has no place in any order, so it is passed over. */
  private open(brief: BriefTold): Said | null {
    const wire: WireRecord = { ...brief, class: 'brief', hold: null, prev: null };
    const opened = openFrom(
      this.space,
      wire,
      brief.sealed,
      this.home.keys,
      this.spaces.membersOf(this.space),
    );
    if ('refusal' in opened || brief.epoch !== this.home.keys.newest(this.space).n) return null;
    const { event, at } = opened.body;
    return { id: brief.id, mine: brief.author === this.home.keys.me, event, at, stamp: brief.stamp };
  }
}
