/**
 * @file A server in memory that keeps to spec/protocol.md as far as a phone can see, without checking signatures. For
 * the laws that need a server which loses answers or lies; the true one is tried in tests/server.
 */
import { randomBytes } from 'node:crypto';
import type { Socket } from '../../src/sync/follower';
import type { InvitationStage } from '../../src/sync/wire';
import type { ClaimedMember } from '../../src/vault/device_list';
import type { Epoch } from '../../src/vault/epoch';
import type { PostedRecord, WireRecord } from '../../src/vault/wire';

interface MemorySpace {
  kind: 'room' | 'shared';
  members: string[];
  epochs: Epoch[];
  log: WireRecord[];
  held: Map<string, WireRecord>;
  taken: Map<string, { sealed: string; answer: unknown }>;
}

interface MemoryInvitation {
  stage: InvitationStage;
  expires: number;
  inviter: string;
  invitee?: string;
  blob: string;
  answer?: string;
  reveal?: string;
  confirms: { inviter?: string; invitee?: string };
  space?: string;
  epoch?: Epoch;
}

interface Follow {
  account: string;
  places: Map<string, number>;
  say(frame: unknown): void;
}

type Body = Record<string, never> & Record<string, unknown>;
const text = (value: unknown): string => String(value);

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

export class MemoryServer {
  readonly accounts = new Map<string, ClaimedMember>();
  readonly spaces = new Map<string, MemorySpace>();
  readonly invitations = new Map<string, MemoryInvitation>();
  /** Lies told when an invitation is shown: the tests of a hostile server set it. */
  forge: (invitation: Record<string, unknown>, account: string) => Record<string, unknown> = (told) => told;
  private readonly tokens = new Map<string, { account: string; device: string | null }>();
  private readonly follows = new Set<Follow>();

  answer(method: string, path: string, body: Body, token: string | null): Response {
    try {
      return Response.json(this.route(method, path.replace(/^\/v1/, ''), body, token));
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
    const follow: Follow = {
      account: '',
      places: new Map(),
      say: (frame) => later(() => socket.onmessage?.({ data: JSON.stringify(frame) })),
    };
    const later = (work: () => void): void => void setTimeout(() => open && work(), 0);
    let open = true;
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
      follow.account = session.account;
      this.follows.add(follow);
      return follow.say({ beat: Date.now() });
    }
    for (const [id, after] of Object.entries((body['follow'] ?? {}) as Record<string, number>)) {
      const space = this.spaces.get(id);
      if (!space?.members.includes(follow.account)) continue;
      follow.places.set(id, after);
      this.pushLog(follow, id, space);
      this.pushHeld(follow, id, space);
    }
  }

  private pushLog(follow: Follow, id: string, space: MemorySpace): void {
    const after = follow.places.get(id);
    if (after === undefined || after >= space.log.length) return;
    follow.places.set(id, space.log.length);
    follow.say({ space: id, records: space.log.slice(after), head: space.log.length });
  }

  private pushHeld(follow: Follow, id: string, space: MemorySpace): void {
    const own = [...space.held.values()].filter((wire) => wire.author === follow.account);
    follow.say({ space: id, held: own });
  }

  private pushSpace(id: string, space: MemorySpace): void {
    for (const follow of this.follows) if (follow.places.has(id)) this.pushLog(follow, id, space);
  }

  private pushInvitation(lookup: string): void {
    const invitation = this.invitations.get(lookup);
    for (const follow of this.follows) {
      if (follow.account === invitation?.inviter || follow.account === invitation?.invitee) {
        follow.say({ invitation: this.showInvitation(lookup, follow.account) });
      }
    }
  }

  private route(method: string, path: string, body: Body, token: string | null): unknown {
    const [first = '', second = '', third = '', fourth = ''] = path.split('?')[0]?.split('/').slice(1) ?? [];
    if (first === 'about') return { name: 'seen', version: '0', protocol: 1, demo: false, now: Date.now() };
    if (first === 'accounts') return this.addAccount(body);
    if (first === 'challenges')
      return { nonce: randomBytes(32).toString('base64url'), expires: Date.now() + 60_000 };
    if (first === 'sessions') return this.signIn(body);
    const session = this.tokens.get(token ?? '');
    if (!session) throw new Refusal(401, 'unauthorized');
    if (first === 'account') return this.showAccount(session.account);
    if (first === 'devices') return this.addDevice(session.account, body);
    if (first === 'invitations') return this.invitation(method, second, third, body, session.account);
    const space = this.spaces.get(second);
    if (!space?.members.includes(session.account)) throw new Refusal(404, 'not_found');
    if (third === '') return this.showSpace(second, space);
    if (third === 'records' && method === 'POST') return this.append(second, space, session.account, body);
    if (third === 'records') {
      const after = Number(new URLSearchParams(path.split('?')[1]).get('after'));
      return { records: space.log.slice(after, after + 500), head: space.log.length };
    }
    if (method === 'DELETE') {
      space.held.delete(`${fourth}/${session.account}`);
      return { ok: true, head: space.log.length };
    }
    throw new Refusal(404, 'not_found');
  }

  private addAccount(body: Body): unknown {
    const room = body['room'] as unknown as { space: string; epoch: Epoch };
    const account = room.epoch.sealed[1]?.to ?? '';
    if (!this.accounts.has(account)) {
      const { root_sign, root_box, device } = body as unknown as Record<'root_sign' | 'root_box', string> & {
        device: ClaimedMember['devices'][number];
      };
      this.accounts.set(account, { account, root_sign, root_box, devices: [device] });
      this.addSpace(room.space, 'room', [account], room.epoch);
    }
    return { account };
  }

  private addSpace(id: string, kind: MemorySpace['kind'], members: string[], epoch: Epoch): void {
    this.spaces.set(id, { kind, members, epochs: [epoch], log: [], held: new Map(), taken: new Map() });
  }

  private signIn(body: Body): unknown {
    const account = text(body['account']);
    if (!this.accounts.has(account)) throw new Refusal(401, 'unauthorized');
    const token = randomBytes(32).toString('base64url');
    this.tokens.set(token, { account, device: body['device'] as unknown as string | null });
    return { token, expires: Date.now() + 86_400_000 };
  }

  private showAccount(account: string): unknown {
    const spaces = [...this.spaces].filter(([, space]) => space.members.includes(account));
    return {
      account,
      devices: this.accounts.get(account)?.devices,
      spaces: spaces.map(([space, { kind }]) => ({ space, kind })),
    };
  }

  private addDevice(account: string, body: Body): unknown {
    this.accounts.get(account)?.devices.push(body['entry'] as unknown as ClaimedMember['devices'][number]);
    return {};
  }

  private showSpace(id: string, space: MemorySpace): unknown {
    const members = space.members.map((account) => structuredClone(this.accounts.get(account)));
    return { space: id, kind: space.kind, members, epochs: space.epochs, head: space.log.length };
  }

  private append(id: string, space: MemorySpace, author: string, body: Body): unknown {
    const posted = body as unknown as PostedRecord;
    const before = space.taken.get(posted.id);
    if (before && before.sealed !== posted.sealed) throw new Refusal(409, 'different');
    if (before) return before.answer;
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
    if (space.log.some(({ hold }) => hold === wire.hold)) throw new Refusal(409, 'out_of_turn');
    space.held.set(`${wire.hold}/${wire.author}`, wire);
    const all = space.members.map((account) => space.held.get(`${wire.hold}/${account}`));
    if (all.every((one) => one !== undefined)) {
      for (const one of all) {
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

  private showInvitation(lookup: string, account: string): unknown {
    const invitation = this.invitations.get(lookup);
    if (!invitation || (account !== invitation.inviter && account !== invitation.invitee)) {
      throw new Refusal(404, 'not_found');
    }
    const { stage, expires, inviter, blob, answer, reveal, confirms, space } = invitation;
    const role = account === inviter ? 'inviter' : 'invitee';
    const told = { lookup, role, stage, expires, blob, answer, reveal, confirms, space };
    return this.forge(told, account);
  }

  private invitation(method: string, lookup: string, step: string, body: Body, account: string): unknown {
    if (lookup === '') {
      const made: MemoryInvitation = {
        stage: 'open',
        expires: Date.now() + 86_400_000,
        inviter: account,
        blob: text(body['blob']),
        confirms: {},
      };
      const there = this.invitations.get(text(body['lookup'])) ?? made;
      this.invitations.set(text(body['lookup']), there);
      return { expires: there.expires };
    }
    if (method === 'GET') return this.showInvitation(lookup, account);
    const invitation = this.invitations.get(lookup);
    if (!invitation) throw new Refusal(404, 'not_found');
    if (invitation.stage === 'ended' || invitation.stage === 'expired')
      throw new Refusal(410, invitation.stage);
    const told = this.take(invitation, step, body, account);
    this.pushInvitation(lookup);
    return told;
  }

  private take(invitation: MemoryInvitation, step: string, body: Body, account: string): unknown {
    if (step === 'claim') {
      if (account === invitation.inviter) throw new Refusal(409, 'out_of_turn');
      if (invitation.invitee && invitation.invitee !== account) throw new Refusal(409, 'used');
      invitation.invitee = account;
      if (invitation.stage === 'open') invitation.stage = 'claimed';
      return this.forge({ blob: invitation.blob, expires: invitation.expires }, account);
    }
    if (step === 'answer') Object.assign(invitation, { answer: body['answer'], stage: 'answered' });
    if (step === 'reveal') Object.assign(invitation, { reveal: body['reveal'], stage: 'revealed' });
    if (step === 'end' && invitation.stage !== 'joined') invitation.stage = 'ended';
    if (step === 'confirm') this.confirm(invitation, body, account);
    return {};
  }

  private confirm(invitation: MemoryInvitation, body: Body, account: string): void {
    const side = account === invitation.inviter ? 'inviter' : 'invitee';
    invitation.confirms[side] = text(body['confirm']);
    if (side === 'inviter') {
      invitation.space = text(body['space']);
      invitation.epoch = body['epoch'] as unknown as Epoch;
    }
    const { confirms, space, epoch, inviter, invitee } = invitation;
    if (!confirms.inviter || !confirms.invitee || !space || !epoch || !invitee) return;
    if (!this.spaces.has(space)) this.addSpace(space, 'shared', [inviter, invitee], epoch);
    invitation.stage = 'joined';
  }
}
