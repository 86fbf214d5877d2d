/** @file The worker: opens the records once it is told for whom, and answers the page. */
import { loadCore } from '../core/load';
import { QueueLocks, TabLocks } from '../sync/locks';
import type { Socket } from '../sync/follower';
import { lockTime } from './lock';
import { pageSize } from './pages';
import { Records } from './records';
import type { Answered, Asked } from './rpc';
import { RpcServer } from './rpc_server';
import type { Channel } from './surroundings';

interface WorkerScope {
  onmessage: ((event: MessageEvent<Asked>) => void) | null;
  postMessage(answer: Answered): void;
}

const scope = self as unknown as WorkerScope;
const post = (answer: Answered): void => scope.postMessage(answer);
let records: Promise<Records> | null = null;
let server: RpcServer | null = null;

function open(base: string, profile: string, clock: number | null): Promise<Records> {
  return Records.open({
    profile,
    clock,
    origin: base,
    fetch: (url, init) => fetch(url, init),
    connect: (url) => new WebSocket(url) as unknown as Socket,
    // Web Locks are there on secure pages only, and so is all else that a second tab would need.
    locks: 'locks' in navigator ? new TabLocks() : new QueueLocks(),
    lockTime,
    pageSize,
    loadCore,
    openChannel: (name) => new BroadcastChannel(name) as unknown as Channel,
  });
}

function start(base: string, profile: string, clock: number | null): void {
  records = open(base, profile, clock);
  server = new RpcServer(records, post);
}

function network(online: boolean): void {
  // Records that could not open have told every call why; there is nothing to wake.
  records?.then((there) => there.network(online)).catch(() => undefined);
}

function away(isAway: boolean): void {
  records?.then((there) => there.seenByNobody(isAway)).catch(() => undefined);
}

scope.onmessage = ({ data }) => {
  if (data.kind === 'start') start(data.base, data.profile, data.clock);
  else if (data.kind === 'network') network(data.online);
  else if (data.kind === 'away') away(data.away);
  else void server?.heard(data);
};
