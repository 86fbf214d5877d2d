/**
 * @file A server in memory that keeps to spec/protocol.md as far as a phone can see, without checking signatures. For
 * the laws that need a server which loses answers or lies; the true one is tried in tests/server.
 */
import { randomBytes } from 'node:crypto';
import type { Socket } from '../../src/sync/follower';
import { fromBase64, toBase64 } from '../../src/vault/bytes';
import { type ClaimedMember, type DeviceEntry, deviceOfEntry, entryHash } from '../../src/vault/device_list';
import type { Epoch } from '../../src/vault/epoch';
import type { PostedRecord, WireRecord } from '../../src/vault/wire';
import { type Asker, type Body, MemoryInvitations, ticketHolder } from './memory_invitations';
import { Refusal, text } from './refusal';

interface MemorySpace {
  kind: 'room' | 'shared';
  members: string[];
  /** Those who have left. */
  left: Set<string>;
  epochs: Epoch[];
  log: WireRecord[];
  held: Map<string, WireRecord>;
  taken: Map<string, { sealed: string; answer: unknown }>;
}

interface Follow extends Asker {
  places: Map<string, number>;
  say(frame: unknown): void;
  close(): void;
}

/** A space as one account is told it. */
export interface SpaceShown {
  space: string;
  kind: MemorySpace['kind'];
  members: ClaimedMember[];
  epochs: Epoch[];
  head: number;
}

export class MemoryServer {
  readonly accounts = new Map<string, ClaimedMember>();
  readonly spaces = new Map<string, MemorySpace>();
  readonly invitations: MemoryInvitations;
  /** Lies told when an invitation is shown: the tests of a hostile server set it. */
  forge: (invitation: Record<string, unknown>, account: string) => Record<string, unknown> = (told) => told;
  /** Lies told when a space is shown to an account. */
  forgeSpace: (shown: SpaceShown, account: string) => SpaceShown = (shown) => shown;
  /** Lies told of the records of a log. */
  forgeLog: (records: WireRecord[], space: string, account: string) => WireRecord[] = (records) => records;
  private readonly tokens = new Map<string, Asker>();
  private readonly follows = new Set<Follow>();
  /** Accounts that were deleted, as the spaces that they have left still show them. */
  private readonly gone = new Map<string, ClaimedMember>();

  constructor() {
    const joins = {
      space: (id: string, members: string[], epoch: Epoch) => {
        if (!this.spaces.has(id)) this.addSpace(id, 'shared', members, epoch);
      },
      device: (account: string, entry: DeviceEntry) => this.grow(account, entry),
      changed: (lookup: string) => this.pushInvitation(lookup),
    };
    this.invitations = new MemoryInvitations(joins, (told, account) => this.forge(told, account));
  }

  /** `authorization` as the header has it, or null. */
  answer(method: string, path: string, body: Body, authorization: string | null): Response {
    try {
      return Response.json(this.route(method, path.replace(/^\/v1/, ''), body, authorization) ?? {});
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return Response.json({ error: error.code, message: error.code }, { status: error.status });
    }
  }

  /** Forgets all sessions, as a restart does. */
  forgetSessions(): void {
    this.tokens.clear();
  }

  follow(): Socket {
    const later = (work: () => void): void => void setTimeout(() => open && work(), 0);
    let open = true;
    const follow: Follow = {
      account: '',
      device: null,
      places: new Map(),
      say: (frame) => later(() => socket.onmessage?.({ data: JSON.stringify(frame) })),
      close: () => later(() => socket.onclose?.(undefined as never)),
    };
    const socket: Socket = {
      send: (sent) => this.heard(follow, JSON.parse(sent) as Body),
      close: () => {
        open = false;
        this.follows.delete(follow);
      },
      onopen: null,
      onmessage: null,
      onclose: null,
      onerror: null,
    };
    later(() => socket.onopen?.(undefined as never));
    return socket;
  }

  private heard(follow: Follow, body: Body): void {
    if (body['token']) {
      const session = this.tokens.get(text(body['token']));
      if (!session) return follow.say({ error: 'unauthorized' });
      Object.assign(follow, session);
      this.follows.add(follow);
      return follow.say({ beat: Date.now() });
    }
    for (const [id, after] of Object.entries((body['follow'] ?? {}) as Record<string, number>)) {
      const space = this.spaces.get(id);
      if (!space || !this.mayEnter(space, follow.account)) continue;
      follow.places.set(id, after);
      this.pushLog(follow, id, space, true);
      this.pushHeld(follow, id, space);
    }
  }

  private mayEnter(space: MemorySpace, account: string): boolean {
    return space.members.includes(account) && !space.left.has(account);
  }

  private pushLog(follow: Follow, id: string, space: MemorySpace, always = false): void {
    const after = follow.places.get(id);
    if (after === undefined || (after >= space.log.length && !always)) return;
    follow.places.set(id, space.log.length);
    const records = this.forgeLog(space.log.slice(after), id, follow.account);
    follow.say({ space: id, records, head: space.log.length });
  }

  private pushHeld(follow: Follow, id: string, space: MemorySpace): void {
    const own = [...space.held.values()].filter((wire) => wire.author === follow.account);
    follow.say({ space: id, held: own });
  }

  private pushSpace(id: string, space: MemorySpace): void {
    for (const follow of this.follows) if (follow.places.has(id)) this.pushLog(follow, id, space);
  }

  private pushTurned(id: string, space: MemorySpace): void {
    const turned = space.epochs.length;
    for (const follow of this.follows) if (follow.places.has(id)) follow.say({ space: id, turned });
  }

  private pushInvitation(lookup: string): void {
    const invitation = this.invitations.get(lookup);
    for (const follow of this.follows) {
      if (follow.account === invitation?.inviter || follow.account === invitation?.invitee) {
        follow.say({ invitation: this.invitations.show(lookup, follow) });
      }
    }
  }

  private route(method: string, path: string, body: Body, authorization: string | null): unknown {
    const [first = '', second = '', third = '', fourth = ''] = path.split('?')[0]?.split('/').slice(1) ?? [];
    if (first === 'about') return { name: 'seen', version: '0', protocol: 1, demo: false, now: Date.now() };
    if (first === 'accounts') return this.addAccount(body);
    if (first === 'codes') return this.invitations.code(second);
    if (first === 'challenges')
      return { nonce: randomBytes(32).toString('base64url'), expires: Date.now() + 60_000 };
    if (first === 'sessions') return this.signIn(body);
    if (first === 'invitations') return this.invitation(method, second, third, body, authorization);
    const session = this.sessionOf(authorization);
    if (first === 'account' && method === 'DELETE')
      return this.removeAccount(session, body['erase'] === true);
    if (first === 'account') return this.showAccount(session.account);
    if (first === 'devices') return this.changeDevices(session, body);
    const space = this.spaces.get(second);
    if (third === 'leave' && space?.left.has(session.account)) return { ok: true };
    if (!space || !this.mayEnter(space, session.account)) throw new Refusal(404, 'not_found');
    if (third === 'records' && method === 'GET') {
      const after = Number(new URLSearchParams(path.split('?')[1]).get('after'));
      const records = this.forgeLog(space.log.slice(after, after + 500), second, session.account);
      return { records, head: space.log.length };
    }
    if (method === 'DELETE') {
      space.held.delete(`${fourth}/${session.account}`);
      return { ok: true, head: space.log.length };
    }
    return this.within(second, space, third, body, session);
  }

  private within(id: string, space: MemorySpace, what: string, body: Body, session: Asker): unknown {
    if (what === '') return this.showSpace(id, space, session.account);
    if (what === 'records') return this.append(id, space, session, body);
    if (what === 'epochs') return this.turn([{ space: id, epoch: body['epoch'] as Epoch }]);
    if (what === 'leave') return this.leave(id, space, session.account, body['erase'] === true);
    throw new Refusal(404, 'not_found');
  }

  private sessionOf(authorization: string | null): Asker {
    const session = this.tokens.get(authorization?.replace(/^Bearer /, '') ?? '');
    if (!session) throw new Refusal(401, 'unauthorized');
    return session;
  }

  private addAccount(body: Body): unknown {
    const room = body['room'] as { space: string; epoch: Epoch };
    const account = room.epoch.heads[0]?.account ?? '';
    if (!this.accounts.has(account)) {
      const { root_sign, root_box, device } = body as unknown as Record<'root_sign' | 'root_box', string> & {
        device: DeviceEntry;
      };
      this.accounts.set(account, { account, root_sign, root_box, devices: [device] });
      this.addSpace(room.space, 'room', [account], room.epoch);
    }
    return { account };
  }

  private addSpace(id: string, kind: MemorySpace['kind'], members: string[], epoch: Epoch): void {
    const [log, held, taken] = [[], new Map(), new Map()];
    this.spaces.set(id, { kind, members, left: new Set(), epochs: [epoch], log, held, taken });
  }

  private isLive(account: string, device: string): boolean {
    const entries = (this.accounts.get(account)?.devices ?? []).filter(
      (one) => deviceOfEntry(one) === device,
    );
    return entries.length > 0 && entries.every(({ kind }) => kind === 'added');
  }

  private signIn(body: Body): unknown {
    const account = text(body['account']);
    const device = body['device'] as string | null;
    if (!this.accounts.has(account)) throw new Refusal(401, 'unauthorized');
    if (device !== null && !this.isLive(account, device)) throw new Refusal(401, 'unauthorized');
    const token = randomBytes(32).toString('base64url');
    this.tokens.set(token, { account, device });
    return { token, expires: Date.now() + 86_400_000 };
  }

  private showAccount(account: string): unknown {
    const spaces = [...this.spaces].filter(([, space]) => this.mayEnter(space, account));
    return {
      account,
      devices: this.accounts.get(account)?.devices,
      spaces: spaces.map(([space, { kind }]) => ({ space, kind })),
    };
  }

  private headOf(account: string): string {
    const last = this.accounts.get(account)?.devices.at(-1);
    return last ? toBase64(entryHash(fromBase64(account), last)) : '';
  }

  private grow(account: string, entry: DeviceEntry): void {
    const there = this.accounts.get(account)?.devices ?? [];
    if (there.some(({ signature }) => signature === entry.signature)) return;
    if (entry.prev !== this.headOf(account)) throw new Refusal(409, 'stale_head');
    there.push(entry);
  }

  private changeDevices({ account, device }: Asker, body: Body): unknown {
    if (device !== null) throw new Refusal(401, 'unauthorized');
    const entry = body['entry'] as DeviceEntry;
    const epochs = (body['epochs'] ?? []) as { space: string; epoch: Epoch }[];
    if (entry.prev !== this.headOf(account)) throw new Refusal(409, 'stale_head');
    if (entry.kind === 'added') return this.grow(account, entry);
    const inhabited = [...this.spaces].filter(([, space]) => this.mayEnter(space, account)).map(([id]) => id);
    if (inhabited.some((id) => !epochs.some(({ space }) => space === id)))
      throw new Refusal(400, 'bad_request');
    this.grow(account, entry);
    try {
      this.turn(epochs);
    } catch (error) {
      this.accounts.get(account)?.devices.pop();
      throw error;
    }
    return this.shutOut(account, deviceOfEntry(entry));
  }

  private shutOut(account: string, device: string): unknown {
    for (const [token, one] of this.tokens)
      if (one.account === account && one.device === device) this.tokens.delete(token);
    for (const follow of this.follows)
      if (follow.account === account && follow.device === device) follow.close();
    return {};
  }

  /** All of them or none. */
  private turn(epochs: { space: string; epoch: Epoch }[]): unknown {
    for (const { space: id, epoch } of epochs) {
      const space = this.spaces.get(id);
      if (!space) throw new Refusal(404, 'not_found');
      if (epoch.n !== space.epochs.length + 1) throw new Refusal(409, 'stale_epoch');
      const present = space.members.filter((account) => !space.left.has(account));
      const heads = present.map((account) => this.headOf(account));
      if (epoch.heads.map(({ head }) => head).join() !== heads.join()) throw new Refusal(409, 'stale_head');
    }
    for (const { space: id, epoch } of epochs) {
      const space = this.spaces.get(id);
      space?.epochs.push(epoch);
      if (space) this.pushTurned(id, space);
    }
    return {};
  }

  private leave(id: string, space: MemorySpace, account: string, erase: boolean): unknown {
    if (space.kind === 'room') throw new Refusal(409, 'out_of_turn');
    space.left.add(account);
    space.held.clear();
    if (erase) for (const wire of space.log) if (wire.author === account) wire.sealed = null;
    for (const follow of this.follows) {
      if (follow.account === account) follow.places.delete(id);
      else if (follow.places.has(id)) this.pushHeld(follow, id, space);
    }
    this.pushTurned(id, space);
    return { ok: true };
  }

  private removeAccount({ account, device }: Asker, erase: boolean): unknown {
    if (device !== null) throw new Refusal(401, 'unauthorized');
    for (const [id, space] of this.spaces) {
      if (!this.mayEnter(space, account)) continue;
      if (space.kind === 'room') this.spaces.delete(id);
      else this.leave(id, space, account, erase);
    }
    for (const [token, one] of this.tokens) if (one.account === account) this.tokens.delete(token);
    this.gone.set(account, this.accounts.get(account) as ClaimedMember);
    return { ok: this.accounts.delete(account) };
  }

  /** Seven days have passed for all that is held now. */
  lapse(): void {
    for (const [id, space] of this.spaces) {
      for (const [key, wire] of space.held) space.held.set(key, { ...wire, lapsed: true });
      for (const follow of this.follows) if (follow.places.has(id)) this.pushHeld(follow, id, space);
    }
  }

  private showSpace(id: string, space: MemorySpace, account: string): unknown {
    const members = space.members.flatMap((one) => {
      const member = this.accounts.get(one) ?? this.gone.get(one);
      return member ? [{ ...structuredClone(member), left: space.left.has(one) }] : [];
    });
    const epochs = structuredClone(space.epochs);
    return this.forgeSpace({ space: id, kind: space.kind, members, epochs, head: space.log.length }, account);
  }

  private append(id: string, space: MemorySpace, { account: author, device }: Asker, body: Body): unknown {
    const posted = body as unknown as PostedRecord;
    const before = space.taken.get(posted.id);
    if (before && before.sealed !== posted.sealed) throw new Refusal(409, 'different');
    if (before) return before.answer;
    if (posted.device !== device) throw new Refusal(400, 'bad_request');
    if (posted.epoch !== space.epochs.length) throw new Refusal(409, 'stale_epoch');
    const { erases, ...rest } = posted;
    const wire: WireRecord = { ...rest, author };
    const answer = posted.class === 'held' ? this.hold(id, space, wire) : this.log(id, space, wire);
    const target = space.log.find((record) => record.id === erases && record.author === author);
    if (target) target.sealed = null;
    space.taken.set(posted.id, { sealed: posted.sealed, answer });
    return answer;
  }

  private log(id: string, space: MemorySpace, wire: WireRecord): unknown {
    const stamped = { ...wire, seq: space.log.length + 1, stamp: Date.now() };
    space.log.push(stamped);
    this.pushSpace(id, space);
    return { kept: true, seq: stamped.seq, stamp: stamped.stamp };
  }

  private hold(id: string, space: MemorySpace, wire: WireRecord): unknown {
    const opened = space.log.some(({ hold }) => hold === wire.hold);
    if (opened || space.left.size > 0) throw new Refusal(409, 'out_of_turn');
    space.held.set(`${wire.hold}/${wire.author}`, wire);
    const all = space.members.map((account) => space.held.get(`${wire.hold}/${account}`));
    if (all.every((one) => one?.epoch === space.epochs.length && one.lapsed !== true)) {
      for (const one of all) {
        if (!one) continue;
        space.held.delete(`${one.hold}/${one.author}`);
        space.log.push({ ...one, seq: space.log.length + 1, stamp: Date.now() });
      }
      this.pushSpace(id, space);
    }
    for (const follow of this.follows) {
      if (follow.account === wire.author && follow.places.has(id)) this.pushHeld(follow, id, space);
    }
    return { kept: true };
  }

  private invitation(
    method: string,
    lookup: string,
    step: string,
    body: Body,
    authorization: string | null,
  ): unknown {
    const ticket = authorization?.startsWith('Ticket ') ? authorization.slice(7) : body['ticket'];
    const asker = ticket ? ticketHolder(text(ticket)) : this.sessionOf(authorization);
    if (lookup === '') return this.invitations.post(body, asker.account);
    return method === 'GET'
      ? this.invitations.show(lookup, asker)
      : this.invitations.step(lookup, step, body, asker);
  }
}
