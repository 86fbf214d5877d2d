/** @file The worker's end of the calls. */
import { type Seen, SeenError } from './contract';
import { type Answered, type Asked, methods } from './rpc';
import { toSeenError } from './told';

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
