/**
 * @file A house in which somebody lives: what is kept is opened, the outbox is sent, the spaces are followed. It is
 * made when the app opens or when a life begins, and ended when the tab closes.
 */
import { Follower, type Socket } from '../sync/follower';
import { Sender } from '../sync/sender';
import { Session } from '../sync/session';
import type { AccountTold, BriefTold, InvitationTold, SpaceTold } from '../sync/wire';
import type { IdentityRow, OutboxRow } from '../store/rows';
import { Acts } from './acts';
import { Bookkeeping } from './bookkeeping';
import type { DeviceShown, Warning } from './contract';
import { devicesShown } from './devices';
import { Epochs } from './epochs';
import type { Home, House, TabNote } from './house';
import { deviceSigner, openKeys } from './identity';
import { isRecord, Journal } from './journal';
import { Joinings } from './joining';
import { Meeting, type MeetingHeard } from './meeting';
import { Outgoing } from './outgoing';
import { Reading } from './reading';
import { Removing } from './removing';
import { Spaces } from './spaces';
import { warningsOf } from './warnings';

export type Connect = (url: string) => Socket;

export class Live {
  readonly acts: Acts;
  readonly joinings: Joinings;
  readonly journal: Journal;
  readonly follower: Follower;
  get room(): string {
    return this.home.keys.room;
  }

  /** The server does not know this account. Everything is kept here. */
  forgotten = false;
  readonly books: Bookkeeping;
  readonly epochs: Epochs;
  readonly spaces: Spaces;
  private readonly reading: Reading;
  private readonly sender: Sender<OutboxRow>;
  private meeting: Meeting | null = null;
  private registered = false;
  private ended = false;

  private constructor(
    private readonly home: Home,
    connect: Connect,
  ) {
    this.spaces = new Spaces(home);
    this.journal = new Journal(home, this.spaces);
    this.reading = new Reading(home, this.spaces, this.journal, (keys) => this.epochs.leave(keys));
    this.acts = new Acts(home, this.journal, () => void this.send());
    this.books = new Bookkeeping(home, this.journal, () => void this.send());
    this.epochs = new Epochs(home, this.spaces, this.journal, this.reading, this.books);
    this.joinings = new Joinings(home, this.spaces, this.acts, () => this.goOn());
    const withdraw = (space: string, target: string) => this.acts.withdrawLate(space, target);
    const outgoing = new Outgoing(
      home,
      this.journal,
      this.reading,
      this.spaces,
      () => this.nowRegistered(),
      withdraw,
      (space) => this.epochs.turn(space),
    );
    this.sender = new Sender(home.lockName('outbox'), home.locks, outgoing);
    this.follower = new Follower(home.session, connect, () => this.places(), this.heard());
  }

  /** Opens what is kept; everything can be shown and written from here on, with or without a connection. */
  static async open(identity: IdentityRow, house: House, connect: Connect): Promise<Live> {
    const keys = await openKeys(identity, house.deviceSeal);
    const session = new Session(house.server, deviceSigner(keys, house.server.origin));
    const live = new Live({ ...house, keys, session }, connect);
    house.core.open(identity.account);
    const rows = await live.spaces.load();
    for (const row of rows) await live.journal.catchUp(row.space);
    await live.journal.absorbWaiting();
    return live;
  }

  async start(): Promise<void> {
    const outbox = await this.home.store.outbox();
    if (!outbox.some((row) => row.kind === 'account')) this.nowRegistered();
    void this.send();
  }

  stop(): void {
    this.ended = true;
    this.sender.stop();
    this.follower.stop();
    this.home.keys.wipe();
    this.journal.stop();
  }

  /** The shared space, once it is open here; null while there is none. */
  shared(): string | null {
    const space = this.acts.me().joined?.space ?? null;
    return space !== null && this.home.keys.has(space) ? space : null;
  }

  /** Everything that the server has for this account, before this resolves. */
  async readAll(): Promise<void> {
    const { session, keys } = this.home;
    const account = await session.ask<AccountTold>('GET', '/account');
    await this.readSpace(keys.room);
    await this.adoptJoined();
    for (const { space } of account.spaces) {
      if (space !== keys.room && keys.has(space)) await this.readSpace(space);
    }
  }

  /** Sends what waits; resolves when nothing more can go now. */
  async send(): Promise<void> {
    if (this.ended) return;
    await this.sender.kick();
  }

  /** The account is on the server, or this rejects with why it is not. */
  async mustBeRegistered(): Promise<void> {
    if (!this.registered) await this.send();
    await this.home.session.signIn();
  }

  wake(): void {
    this.follower.wake();
    void this.send();
  }

  devices(): DeviceShown[] {
    return devicesShown(this.home, this.spaces, this.journal.learned);
  }

  /** Every space has a new key when this resolves, and none of them is known to that device. */
  async removeDevice(id: string, words: readonly string[] | null): Promise<void> {
    await this.adoptJoined();
    await new Removing(this.home, this.spaces).remove(id, words);
    await this.epochs.turnAll();
  }

  /** An exercise of the two, with what is said in it; one at a time. */
  meet(heard: MeetingHeard): Meeting | null {
    const space = this.shared();
    if (space === null) return null;
    const turn = (turned: string) => this.epochs.turn(turned);
    this.meeting = new Meeting(this.home, this.spaces, this.follower, space, heard, turn);
    return this.meeting;
  }

  async warnings(): Promise<Warning[]> {
    const found = warningsOf(await this.home.store.spaces(), this.home.now());
    const online = this.follower.connection === 'online';
    return found.filter((warning) => online || warning !== 'list_silent');
  }

  async unsent(): Promise<number> {
    const rows = await this.home.store.outbox();
    return rows.filter((row) => isRecord(row) && row.counts && !row.acknowledged).length;
  }

  /** Another tab has done something. */
  async heardTab(note: TabNote): Promise<void> {
    await this.spaces.load();
    if (note.note === 'outbox') {
      await this.journal.absorbWaiting();
      this.home.changed('today', 'room', 'between', 'standing');
    }
    if (note.note === 'records') await this.journal.catchUp(note.space);
    if (note.note === 'forget') {
      this.home.core.forget(note.space, note.id);
      this.home.changed('today', 'standing');
    }
  }

  private async readSpace(space: string): Promise<void> {
    const told = await this.home.session.ask<SpaceTold>('GET', `/spaces/${space}`);
    await this.reading.readTo(space, told.head);
  }

  private nowRegistered(): void {
    this.registered = true;
    if (!this.ended) this.follower.start();
  }

  private goOn(): void {
    void this.follower.refresh();
    void this.send();
  }

  private async places(): Promise<Record<string, number>> {
    const rows = await this.home.store.spaces();
    const present = rows.filter((row) => !this.journal.learned.left.has(row.space));
    return Object.fromEntries(present.map((row) => [row.space, row.head]));
  }

  /** One's own room speaks of a shared space that is not here yet: a device that came later, or another tab. */
  private async adoptJoined(): Promise<void> {
    const { joined } = this.journal;
    if (!joined || this.journal.learned.left.has(joined.space)) return;
    if (this.home.keys.has(joined.space)) return this.adoptKeys(joined.space);
    const told = await this.home.session.ask<SpaceTold>('GET', `/spaces/${joined.space}`);
    const ours = told.members.some((member) => member.account === joined.partner);
    if (!ours || told.members.length !== 2) throw new Error('the space has other members');
    const later = this.journal.learned.keysOf(joined.space);
    await this.spaces.adopt(told, new Map([...later, [1, joined.key]]));
    await this.follower.refresh();
  }

  /** What waited for a key that another of my devices had to leave in my own room. */
  private async adoptKeys(space: string): Promise<void> {
    if (!(await this.spaces.learnKeys(space, this.journal.learned.keysOf(space)))) return;
    await this.reading.readTo(space, Number.MAX_SAFE_INTEGER);
    void this.send();
  }

  private heard() {
    return {
      records: (space: string, records: Parameters<Reading['receive']>[1], head: number) =>
        this.quietly(async () => {
          await this.reading.receive(space, records, head);
          await this.adoptJoined();
        }),
      held: (space: string, records: Parameters<Reading['receiveHeld']>[1]) =>
        this.quietly(async () => {
          await this.reading.receiveHeld(space, records);
          if (space !== this.room) await this.acts.quietLapsed(space);
        }),
      turned: (space: string) => this.quietly(() => this.epochs.turn(space)),
      brief: (space: string, ring: string, told: BriefTold[]) => {
        if (space === this.meeting?.space) this.meeting.take(ring, told);
      },
      present: (space: string, accounts: string[]) => {
        if (space === this.meeting?.space) this.meeting.takePresent(accounts);
      },
      invitation: (_told: InvitationTold) => this.quietly(() => this.joinings.drive()),
      connection: (state: string) => {
        if (state === 'online') this.forgotten = false;
        this.home.changed('standing');
        if (state !== 'online') return;
        this.quietly(() => this.joinings.drive());
        this.quietly(async () => {
          await this.adoptJoined();
          await this.epochs.turnAll();
        });
        void this.send();
      },
      accountUnknown: () => {
        this.forgotten = true;
        this.home.changed('standing');
      },
    };
  }

  /** What goes wrong here is tried again with the next connection, which reads on from what is kept. */
  private quietly(work: () => Promise<void>): void {
    if (this.ended) return;
    work().catch((error: unknown) => {
      if (!this.ended) console.warn('seen: not taken in', error instanceof Error ? error.name : 'unknown');
    });
  }
}
