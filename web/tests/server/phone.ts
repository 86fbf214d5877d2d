/** @file A phone without a screen: the records over an IndexedDB of their own, and a network that can be cut. */
import { readFileSync } from 'node:fs';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { WebSocket } from 'ws';
import { Core } from '../../src/core/core';
import type { Socket } from '../../src/sync/follower';
import { QueueLocks } from '../../src/sync/locks';
import { Unreachable } from '../../src/sync/errors';
import type { Fetch } from '../../src/sync/server';
import { type Channel, Records } from '../../src/records/records';

const wasmPath = process.env['CORE_WASM'] ?? `${import.meta.dirname}/../../../build/wasm/core.wasm`;

/** A wire between a phone and the server. */
export class Wire {
  up = true;
  /** What the phone has sent, for counting. */
  readonly sent: { method: string; path: string; body: string }[] = [];
  private readonly sockets = new Set<WebSocket>();

  readonly fetch: Fetch = async (url, init) => {
    if (!this.up) throw new Unreachable();
    this.sent.push({ method: init.method ?? 'GET', path: new URL(url).pathname, body: String(init.body ?? '') });
    return fetch(url, init);
  };

  readonly connect = (url: string): Socket => {
    const socket = new WebSocket(url);
    this.sockets.add(socket);
    if (!this.up) socket.terminate();
    return socket as unknown as Socket;
  };

  cut(): void {
    this.up = false;
    for (const socket of this.sockets) socket.terminate();
    this.sockets.clear();
  }
}

export interface Phone {
  records: Records;
  wire: Wire;
  /** Ends the app and opens it again over the same storage. */
  reload(): Promise<void>;
}

export async function openPhone(origin: string, factory = new IDBFactory()): Promise<Phone> {
  const wire = new Wire();
  const open = async (): Promise<Records> => {
    // The store takes the factory that stands there while it opens, and keeps its own connection.
    globalThis.indexedDB = factory;
    globalThis.IDBKeyRange = IDBKeyRange;
    return Records.open({
      profile: '',
      origin,
      fetch: wire.fetch,
      connect: wire.connect,
      locks: new QueueLocks(),
      loadCore: () => Core.load(readFileSync(wasmPath)),
      openChannel: quietChannel,
    });
  };
  const phone: Phone = {
    records: await open(),
    wire,
    async reload() {
      phone.records.close();
      phone.records = await open();
    },
  };
  return phone;
}

function quietChannel(): Channel {
  return { postMessage: () => undefined, close: () => undefined, onmessage: null };
}

/** Waits until it holds, looking again every 20 ms; throws after 15 s with what it waited for. */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
