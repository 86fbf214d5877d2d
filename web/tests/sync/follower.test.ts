/** The follow connection: silence counts as broken, and it comes back by itself. Time is virtual. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Connection, Follower, silenceMs, type Socket } from '../../src/sync/follower';
import type { Session } from '../../src/sync/session';

class TestSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  onerror: Socket['onerror'] = null;
  readonly sent: string[] = [];
  closed = false;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.closed = true;
  }
  hear(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

function following() {
  const sockets: TestSocket[] = [];
  const states: Connection[] = [];
  const frames: string[] = [];
  const forget = vi.fn();
  const session = {
    server: { followUrl: 'wss://seen.example/v1/follow' },
    signIn: () => Promise.resolve('token'),
    forget,
  } as unknown as Session;
  const connect = (): Socket => {
    const socket = new TestSocket();
    sockets.push(socket);
    return socket;
  };
  const follower = new Follower(session, connect, () => Promise.resolve({ room: 3 }), {
    records: (space, records) => frames.push(`${space}:${records.length}`),
    held: () => frames.push('held'),
    turned: (space) => frames.push(`${space} turned`),
    brief: (space) => frames.push(`${space} brief`),
    present: (space) => frames.push(`${space} present`),
    invitation: () => frames.push('invitation'),
    connection: (state) => states.push(state),
    accountUnknown: () => frames.push('unknown'),
  });
  const socket = (): TestSocket => sockets.at(-1) ?? new TestSocket();
  return { follower, sockets, socket, states, frames, forget };
}

async function opened() {
  const all = following();
  all.follower.start();
  await vi.advanceTimersByTimeAsync(0);
  all.socket().onopen?.(undefined as never);
  all.socket().hear({ beat: 1 });
  return all;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the follow connection', () => {
  it('says who it is first, and then from where it reads on', async () => {
    const { socket, states, follower } = await opened();
    expect(socket().sent.map((text) => JSON.parse(text) as unknown)).toEqual([
      { token: 'token' },
      { follow: { room: 3 } },
    ]);
    expect(states).toEqual(['connecting', 'online']);
    follower.stop();
  });

  it('goes on as long as something is heard, and breaks after 20 s of silence', async () => {
    const { follower, sockets, socket, states } = await opened();
    for (let beats = 0; beats < 5; beats++) {
      await vi.advanceTimersByTimeAsync(silenceMs - 1);
      socket().hear({ beat: 1 });
    }
    expect(sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(silenceMs);
    expect(states.at(-1)).toBe('offline');
    expect(sockets[0]?.closed).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(sockets).toHaveLength(2);
    follower.stop();
  });

  it('waits longer each time it fails, at most half a minute, and not at all when woken', async () => {
    const { follower, sockets, socket } = await opened();
    for (let failures = 0; failures < 10; failures++) {
      socket().onclose?.(undefined as never);
      await vi.advanceTimersByTimeAsync(30_000);
    }
    const before = sockets.length;
    expect(before).toBeGreaterThan(8);
    socket().onclose?.(undefined as never);
    await vi.advanceTimersByTimeAsync(1000);
    expect(sockets).toHaveLength(before);
    follower.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(sockets).toHaveLength(before + 1);
    follower.stop();
  });

  it('signs in again when its token is not known any more', async () => {
    const { follower, socket, forget } = await opened();
    socket().hear({ error: 'unauthorized' });
    expect(forget).toHaveBeenCalledOnce();
    follower.stop();
  });

  it('hears nothing from a socket that was given up', async () => {
    const { follower, sockets, frames } = await opened();
    const old = sockets[0];
    follower.lost();
    old?.hear({ space: 'room', records: [], head: 0 });
    expect(frames).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    sockets.at(-1)?.hear({ space: 'room', records: [{}], head: 1 });
    expect(frames).toEqual(['room:1']);
    follower.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(2);
  });
});
