/** Every call between page and worker ends, and an error keeps its code and both stacks. */
import { describe, expect, it, vi } from 'vitest';
import { CoreError } from '../../src/core/core';
import { type Change, type Seen, SeenError } from '../../src/records/contract';
import { type Answered, type Asked, methods } from '../../src/records/rpc';
import { asSeen, RpcClient } from '../../src/records/rpc_client';
import { RpcServer } from '../../src/records/rpc_server';
import { StoreError } from '../../src/store/errors';
import { ServerError } from '../../src/sync/errors';

/** Only what the test needs of the records; the rest must not be called. */
function linked(part: Partial<Seen>): { seen: Seen; client: RpcClient; posted: Answered[]; asked: Asked[] } {
  const posted: Answered[] = [];
  const asked: Asked[] = [];
  const whole = { onChange: () => () => undefined, ...part } as Seen;
  const server = new RpcServer(Promise.resolve(whole), (answer) => {
    posted.push(answer);
    client.heard(structuredClone(answer));
  });
  const client: RpcClient = new RpcClient((one) => {
    asked.push(one);
    void server.heard(structuredClone(one));
  });
  return { seen: asSeen(client), client, posted, asked };
}

describe('a call', () => {
  it('brings arguments there and the value back', async () => {
    const opened = vi.fn((counter: number) => Promise.resolve(counter === 3 ? null : null));
    expect(await linked({ opened }).seen.opened(3)).toBeNull();
    expect(opened).toHaveBeenCalledWith(3);
  });

  it.each([
    [new SeenError('invite_used'), 'invite_used'],
    [new CoreError(201, 'text_too_long', 'long'), 'text_too_long'],
    [new StoreError('storage_full'), 'storage_full'],
    [new ServerError(429, 'slow_down', 'slow'), 'slow_down'],
    [new ServerError(503, 'not_kept', 'disk'), 'not_kept'],
    [new TypeError('a mistake of ours'), 'unexpected'],
  ] as const)('that fails with %s is rejected with its code', async (error, code) => {
    const { seen } = linked({ keepNote: () => Promise.reject(error) });
    await expect(seen.keepNote('x')).rejects.toMatchObject({ name: 'SeenError', code });
  });

  it('that fails carries where it arose and who asked', async () => {
    const { seen } = linked({
      keepNote: async function whereItArose() {
        throw new SeenError('not_kept');
      },
    });
    const failed: unknown = await seen.keepNote('x').catch((error: unknown) => error);
    const stack = failed instanceof Error ? failed.stack : '';
    expect(stack).toContain('whereItArose');
    expect(stack).toContain('asked by');
    expect(stack).toContain('rpc.test.ts');
  });

  it('to a name that is none is refused', async () => {
    const { client } = linked({});
    await expect(client.call('constructor' as never, [])).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('that is cancelled ends at once, and its answer is not sent', async () => {
    let finish: (value: null) => void = () => undefined;
    const slow = new Promise<null>((resolve) => (finish = resolve));
    const { client, posted, asked } = linked({ phrase: () => slow });
    const stop = new AbortController();
    const call = asSeen(client, stop.signal).phrase();
    stop.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    finish(null);
    await slow;
    await Promise.resolve();
    expect(posted).toEqual([]);
    expect(asked.at(-1)?.kind).toBe('cancel');
    await expect(asSeen(client, stop.signal).phrase()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('is rejected when the worker dies, and so is every later one', async () => {
    const { seen, client } = linked({ phrase: () => new Promise(() => undefined) });
    const calls = [seen.phrase(), seen.phrase()];
    client.die(new SeenError('unexpected', 'the worker has stopped'));
    for (const call of [...calls, seen.phrase()]) {
      await expect(call).rejects.toMatchObject({ code: 'unexpected', message: 'the worker has stopped' });
    }
  });

  it('is rejected with the reason when the records cannot open', async () => {
    const client: RpcClient = new RpcClient((one) => void server.heard(one));
    const opening = Promise.reject(new StoreError('storage_missing'));
    const server = new RpcServer(opening, (answer) => client.heard(answer));
    await expect(asSeen(client).standing()).rejects.toMatchObject({ code: 'storage_missing' });
  });
});

describe('a change', () => {
  it('reaches every listener until it ends its subscription', async () => {
    let tell: (change: Change) => void = () => undefined;
    const onChange: Seen['onChange'] = (listener) => {
      tell = listener;
      return () => undefined;
    };
    const { seen } = linked({ onChange });
    await Promise.resolve();
    const heard: Change[] = [];
    const end = seen.onChange((change) => heard.push(change));
    tell('today');
    end();
    tell('room');
    expect(heard).toEqual(['today']);
  });

  it('is the only thing of the contract that is no call', () => {
    expect(methods).toHaveLength(new Set(methods).size);
    expect(methods).not.toContain('onChange');
  });
});
