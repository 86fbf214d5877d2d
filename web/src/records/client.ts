/** @file What the screens import: the records of this device, at work in a worker of their own. */
import { type Seen, SeenError } from './contract';
import type { Answered, Asked } from './rpc';
import { asSeen, RpcClient } from './rpc_client';

export interface SeenClient extends Seen {
  /** The same records; calls made here end as `cancelled` when the signal aborts. */
  until(signal: AbortSignal): Seen;
  /** Ends the worker; what is still asked is rejected as `cancelled`. */
  close(): void;
}

export interface ConnectOptions {
  /** Which phone of a demo; without it, `?phone=` of the address. Ignored by a server that is no demo. */
  profile?: string;
}

export function connect(options: ConnectOptions = {}): SeenClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'seen' });
  const post = (asked: Asked): void => worker.postMessage(asked);
  const client = new RpcClient(post);
  worker.onmessage = ({ data }: MessageEvent<Answered>) => client.heard(data);
  const broken = (): void => {
    client.die(new SeenError('unexpected', 'the worker has stopped'));
    worker.terminate();
  };
  worker.onerror = broken;
  worker.onmessageerror = broken;
  const asked = new URLSearchParams(location.search);
  const base = new URL('.', location.href).href.replace(/\/$/, '');
  post({ kind: 'start', base, profile: options.profile ?? phoneOf(asked), clock: clockOf(asked) });
  const stopWatching = watchNetwork((online) => post({ kind: 'network', online }));
  const stopLooking = watchLeaving((away) => post({ kind: 'away', away }));
  const close = (): void => {
    stopWatching();
    stopLooking();
    client.die(new SeenError('cancelled', 'closed'));
    worker.terminate();
  };
  return { ...asSeen(client), until: (signal) => asSeen(client, signal), close };
}

/** The page hears of the network more surely than the worker does. Gives what ends it. */
function watchNetwork(tell: (online: boolean) => void): () => void {
  const watching = new AbortController();
  const { signal } = watching;
  addEventListener('online', () => tell(true), { signal });
  addEventListener('offline', () => tell(false), { signal });
  const looks = (): void => {
    if (document.visibilityState === 'visible' && navigator.onLine) tell(true);
  };
  document.addEventListener('visibilitychange', looks, { signal });
  return () => watching.abort();
}

/** A page that is hidden, or put away to be brought back, is left. Gives what ends it. */
function watchLeaving(tell: (away: boolean) => void): () => void {
  const watching = new AbortController();
  const { signal } = watching;
  const looks = (): void => tell(document.visibilityState === 'hidden');
  document.addEventListener('visibilitychange', looks, { signal });
  addEventListener('pagehide', () => tell(true), { signal });
  addEventListener('pageshow', looks, { signal });
  return () => watching.abort();
}

/** Letters and digits only: it becomes part of a database's name. */
function phoneOf(asked: URLSearchParams): string {
  const phone = asked.get('phone') ?? '';
  return /^[a-z0-9]{1,20}$/.test(phone) ? phone : '';
}

/** ms to add to the clock of a demo's phone. */
function clockOf(asked: URLSearchParams): number | null {
  const offset = asked.get('clock');
  return offset !== null && /^-?[0-9]{1,13}$/.test(offset) ? Number(offset) : null;
}
