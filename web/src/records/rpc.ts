/**
 * @file Calls between the page and the worker. Every call ends: with its value, with an error that kept its code, as
 * cancelled, or, when the worker dies, with that. An error carries both stacks: where it arose and who asked.
 */
import { type Change, type Seen, SeenError, type SeenErrorCode } from './contract';
import { toSeenError } from './told';

/** What of `Seen` is a call; `onChange` is answered on the page's side. */
export type Method = Exclude<keyof Seen, 'onChange'>;

export const methods: readonly Method[] = [
  'standing',
  'begin',
  'restore',
  'setName',
  'phrase',
  'checkPhrase',
  'invite',
  'accept',
  'joining',
  'confirmWords',
  'leaveJoining',
  'today',
  'between',
  'opened',
  'room',
  'give',
  'takeBack',
  'respond',
  'keepNote',
  'changeNote',
  'removeNote',
  'draft',
  'saveDraft',
  'setClock',
];

export type Asked =
  | { kind: 'start'; profile: string }
  | { kind: 'call'; id: number; method: Method; args: unknown[] }
  | { kind: 'cancel'; id: number }
  | { kind: 'wake' };

export type Answered =
  | { kind: 'value'; id: number; value: unknown }
  | { kind: 'error'; id: number; code: SeenErrorCode; message: string; stack: string }
  | { kind: 'change'; change: Change };

/** Answers calls in the worker. `seen` may still be opening, or have failed to. */
export class RpcServer {
  private readonly open = new Set<number>();

  constructor(
    private readonly seen: Promise<Seen>,
    private readonly post: (answer: Answered) => void,
  ) {
    seen.then(
      (there) => there.onChange((change) => this.post({ kind: 'change', change })),
      () => undefined,
    );
  }

  async heard(asked: Asked): Promise<void> {
    if (asked.kind === 'cancel') this.open.delete(asked.id);
    if (asked.kind !== 'call') return;
    this.open.add(asked.id);
    const answer = await this.answer(asked);
    if (this.open.delete(asked.id)) this.post(answer);
  }

  private async answer({ id, method, args }: Extract<Asked, { kind: 'call' }>): Promise<Answered> {
    try {
      if (!methods.includes(method)) throw new SeenError('unexpected', `no such call: ${String(method)}`);
      const seen = await this.seen;
      const call = seen[method] as (...values: unknown[]) => Promise<unknown>;
      return { kind: 'value', id, value: await call.apply(seen, args) };
    } catch (error) {
      const { code, message, stack } = toSeenError(error);
      return { kind: 'error', id, code, message, stack: stack ?? '' };
    }
  }
}

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
