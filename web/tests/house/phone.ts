/** @file A phone without a screen: the records over an IndexedDB of their own, and a network that can be cut. */
import { readFileSync } from 'node:fs';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { Core } from '../../src/core/core';
import type { Seen } from '../../src/records/contract';
import { type LockTime, lockTime } from '../../src/records/lock';
import { Records } from '../../src/records/records';
import { asSeen, RpcClient } from '../../src/records/rpc_client';
import { RpcServer } from '../../src/records/rpc_server';
import type { Channel } from '../../src/records/surroundings';
import type { Socket } from '../../src/sync/follower';
import { QueueLocks } from '../../src/sync/locks';
import type { Fetch } from '../../src/sync/server';

const wasmPath = process.env['CORE_WASM'] ?? `${import.meta.dirname}/../../../build/wasm/core.wasm`;

/** How a phone reaches a server. */
export interface Road {
  origin: string;
  fetch: Fetch;
  connect(url: string): Socket;
}

/** What a phone has sent. */
export interface Sent {
  method: string;
  path: string;
  body: string;
}

/** A road that can be cut, and that remembers what went over it. */
export class Wire implements Road {
  up = true;
  readonly sent: Sent[] = [];
  /** The paths that were asked for, with or without a road. */
  readonly tried: string[] = [];
  private readonly sockets = new Set<Socket>();

  constructor(private readonly road: Road) {}

  get origin(): string {
    return this.road.origin;
  }

  readonly fetch: Fetch = async (url, init) => {
    this.tried.push(new URL(url).pathname);
    if (!this.up) throw new TypeError('no network');
    this.sent.push({
      method: init.method ?? 'GET',
      path: new URL(url).pathname,
      body: String(init.body ?? ''),
    });
    return this.road.fetch(url, init);
  };

  readonly connect = (url: string): Socket => {
    const socket = this.road.connect(url);
    this.sockets.add(socket);
    return socket;
  };

  cut(): void {
    this.up = false;
    for (const socket of this.sockets) {
      socket.onclose?.(undefined as never);
      socket.close();
    }
    this.sockets.clear();
  }
}

export interface Phone {
  /** As a screen has it: through the calls between page and worker. */
  records: Seen;
  wire: Wire;
  goOffline(): void;
  goOnline(): void;
  /** The page is hidden, or seen again. */
  leave(): void;
  comeBack(): void;
  /** Ends the app and opens it again over the same storage. */
  reload(): Promise<void>;
  close(): void;
  /** What the worker holds, for tests that look for what must not be there. */
  inside(): Records;
}

/** What the tabs of one browser share. */
export class Browser {
  readonly factory = new IDBFactory();
  readonly locks = new QueueLocks();
  private readonly channels = new Set<Channel>();

  /** `pageSize`: how many records lie in one page at rest. */
  constructor(readonly pageSize = 500) {}

  /** As BroadcastChannel: all others of this browser hear it, later. */
  readonly openChannel = (): Channel => {
    const channel: Channel = {
      postMessage: (note) => {
        const data = structuredClone(note);
        for (const other of this.channels) {
          if (other !== channel) setTimeout(() => this.channels.has(other) && other.onmessage?.({ data }), 0);
        }
      },
      close: () => this.channels.delete(channel),
      onmessage: null,
    };
    this.channels.add(channel);
    return channel;
  };
}

/** Given the same browser, another tab of the same phone. */
export async function openPhone(
  road: Road,
  browser = new Browser(),
  time: LockTime = lockTime,
): Promise<Phone> {
  const wire = new Wire(road);
  const open = async (): Promise<Records> => {
    // The store takes the factory that stands there while it opens, and keeps its own connection.
    globalThis.indexedDB = browser.factory;
    return Records.open({
      profile: '',
      clock: null,
      origin: road.origin,
      fetch: wire.fetch,
      connect: wire.connect,
      locks: browser.locks,
      lockTime: time,
      pageSize: browser.pageSize,
      loadCore: () => Core.load(readFileSync(wasmPath)),
      openChannel: browser.openChannel,
    });
  };
  let inside = await open();
  const phone: Phone = {
    records: asked(inside),
    wire,
    goOffline: () => {
      wire.cut();
      inside.network(false);
    },
    goOnline: () => {
      wire.up = true;
      inside.network(true);
    },
    leave: () => inside.seenByNobody(true),
    comeBack: () => inside.seenByNobody(false),
    async reload() {
      inside.close();
      inside = await open();
      phone.records = asked(inside);
    },
    close: () => inside.close(),
    inside: () => inside,
  };
  return phone;
}

/** The calls of a page, answered in this process; what crosses is cloned as between threads. */
function asked(inside: Records): Seen {
  const server = new RpcServer(Promise.resolve(inside), (answer) => client.heard(structuredClone(answer)));
  const client = new RpcClient((call) => void server.heard(structuredClone(call)));
  return asSeen(client);
}

/** Waits until it holds, looking again every 10 ms; throws after 30 s with what it waited for. */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
