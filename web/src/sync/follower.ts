/**
 * @file The follow connection. It starts again by itself whenever it breaks or falls silent: a phone that leaves the
 * network often keeps a socket that looks open, so silence of 20 s counts as broken.
 */
import { Backoff } from './backoff';
import type { Session } from './session';
import { AccountUnknown } from './errors';
import type { BriefTold, Frame, InvitationTold } from './wire';
import type { WireRecord } from '../vault/wire';

export type Connection = 'connecting' | 'online' | 'offline';

/** The part of WebSocket that is used. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
}

export interface Heard {
  records(space: string, records: WireRecord[], head: number): void;
  held(space: string, records: WireRecord[]): void;
  turned(space: string): void;
  brief(space: string, ring: string, briefs: BriefTold[]): void;
  present(space: string, accounts: string[]): void;
  invitation(invitation: InvitationTold): void;
  connection(state: Connection): void;
  accountUnknown(): void;
}

/** An exercise that this device is in, and up to where it has heard what was said there. */
export interface Inside {
  space: string;
  place(): { ring: string | null; after: number };
}

export const silenceMs = 20_000;

export class Follower {
  connection: Connection = 'offline';
  private socket: Socket | null = null;
  private readonly backoff = new Backoff();
  private silence: ReturnType<typeof setTimeout> | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private running = false;
  private inside: Inside | null = null;
  /** Counts attempts, so that what an older one still does is ignored. */
  private attempt = 0;

  constructor(
    private readonly session: Session,
    private readonly connect: (url: string) => Socket,
    /** After which seq to read on, by space. */
    private readonly places: () => Promise<Record<string, number>>,
    private readonly heard: Heard,
  ) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    this.again();
  }

  stop(): void {
    this.running = false;
    this.drop();
    this.say('offline');
  }

  /** The network came back, or a person looks: try now instead of later. */
  wake(): void {
    if (!this.running || this.connection === 'online') return;
    this.backoff.reset();
    this.again();
  }

  /** The network is known to be gone. */
  lost(): void {
    if (!this.running) return;
    this.drop();
    this.say('offline');
    this.later();
  }

  /** Asks for what has no follow yet, or is to be read again from its place. */
  async refresh(): Promise<void> {
    if (this.connection !== 'online') return;
    this.socket?.send(JSON.stringify({ follow: await this.places() }));
  }

  /** Enters now, and again with every new connection. */
  goIn(inside: Inside): void {
    this.inside = inside;
    if (this.connection === 'online') this.socket?.send(JSON.stringify(this.entering()));
  }

  goOut(): void {
    const left = this.inside;
    this.inside = null;
    if (left && this.connection === 'online') this.socket?.send(JSON.stringify({ leave: left.space }));
  }

  private entering(): object {
    const { inside } = this;
    return inside ? { enter: inside.space, brief: { [inside.space]: inside.place() } } : {};
  }

  private again(): void {
    this.drop();
    const attempt = this.attempt;
    if (this.connection !== 'online') this.say('connecting');
    this.open(attempt).catch((error: unknown) => {
      if (attempt !== this.attempt) return;
      if (error instanceof AccountUnknown) this.heard.accountUnknown();
      this.broken();
    });
  }

  private async open(attempt: number): Promise<void> {
    const token = await this.session.signIn();
    const follow = await this.places();
    if (attempt !== this.attempt) return;
    const socket = this.connect(this.session.server.followUrl);
    this.socket = socket;
    this.listen();
    socket.onopen = () => {
      if (socket !== this.socket) return;
      socket.send(JSON.stringify({ token }));
      socket.send(JSON.stringify({ follow, ...this.entering() }));
    };
    socket.onmessage = ({ data }) => {
      if (socket === this.socket) this.frame(String(data));
    };
    socket.onclose = socket.onerror = () => {
      if (socket === this.socket) this.broken();
    };
  }

  private frame(text: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(text) as Frame;
    } catch {
      this.broken();
      return;
    }
    this.listen();
    if (frame.error !== undefined) {
      if (frame.error === 'unauthorized') this.session.forget();
      this.broken();
      return;
    }
    if (this.connection !== 'online') {
      this.backoff.reset();
      this.say('online');
    }
    this.pass(frame);
  }

  private pass(frame: Frame): void {
    if (frame.space !== undefined && frame.records) {
      this.heard.records(frame.space, frame.records, frame.head ?? 0);
    }
    if (frame.space !== undefined && frame.held) this.heard.held(frame.space, frame.held);
    if (frame.space !== undefined && frame.turned !== undefined) this.heard.turned(frame.space);
    if (frame.space !== undefined && frame.brief)
      this.heard.brief(frame.space, frame.ring ?? '', frame.brief);
    if (frame.space !== undefined && frame.present) this.heard.present(frame.space, frame.present);
    if (frame.invitation) this.heard.invitation(frame.invitation);
  }

  private listen(): void {
    if (this.silence) clearTimeout(this.silence);
    this.silence = setTimeout(() => this.broken(), silenceMs);
  }

  private broken(): void {
    this.drop();
    if (!this.running) return;
    this.say('offline');
    this.later();
  }

  private later(): void {
    if (this.retry) clearTimeout(this.retry);
    this.retry = setTimeout(() => this.again(), this.backoff.next());
  }

  private drop(): void {
    this.attempt += 1;
    if (this.silence) clearTimeout(this.silence);
    if (this.retry) clearTimeout(this.retry);
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    // Closing a socket that is still connecting reports an error in some browsers: nobody listens any more.
    socket.onerror = () => undefined;
    socket.close();
  }

  private say(state: Connection): void {
    if (this.connection === state) return;
    this.connection = state;
    this.heard.connection(state);
  }
}
