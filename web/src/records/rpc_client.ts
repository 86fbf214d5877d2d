/** @file The page's end of the calls. */
import { type Change, type Seen, SeenError } from './contract';
import { type Answered, type Asked, type Method, methods } from './rpc';

interface Pending {
  resolve(value: unknown): void;
  reject(error: SeenError): void;
  asker: string;
}

/** Asks from the page. */
export class RpcClient {
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Set<(change: Change) => void>();
  private lastId = 0;
  private dead: SeenError | null = null;

  constructor(private readonly post: (asked: Asked) => void) {}

  call(method: Method, args: unknown[], signal?: AbortSignal): Promise<unknown> {
    if (this.dead) return Promise.reject(this.dead);
    if (signal?.aborted) return Promise.reject(new SeenError('cancelled'));
    const id = ++this.lastId;
    const asker = new Error(`seen.${method}`).stack ?? '';
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject, asker });
      signal?.addEventListener('abort', () => this.cancel(id), { once: true });
      this.post({ kind: 'call', id, method, args });
    });
  }

  heard(answer: Answered): void {
    if (answer.kind === 'change') {
      for (const listener of this.listeners) listener(answer.change);
      return;
    }
    const waiting = this.pending.get(answer.id);
    if (!waiting) return;
    this.pending.delete(answer.id);
    if (answer.kind === 'value') return waiting.resolve(answer.value);
    const error = new SeenError(answer.code, answer.message);
    error.stack = `${answer.stack}\nasked by ${waiting.asker}`;
    waiting.reject(error);
  }

  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Nothing will be answered any more. */
  die(error: SeenError): void {
    this.dead ??= error;
    const waiting = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of waiting) reject(this.dead);
  }

  private cancel(id: number): void {
    const waiting = this.pending.get(id);
    if (!waiting) return;
    this.pending.delete(id);
    this.post({ kind: 'cancel', id });
    waiting.reject(new SeenError('cancelled'));
  }
}

/** The calls as an object with the contract's methods. */
export function asSeen(client: RpcClient, signal?: AbortSignal): Seen {
  const calls = methods.map((method) => {
    const call = (...args: unknown[]): Promise<unknown> => client.call(method, args, signal);
    return [method, call] as const;
  });
  const onChange: Seen['onChange'] = (listener) => client.onChange(listener);
  return { ...Object.fromEntries(calls), onChange } as unknown as Seen;
}
