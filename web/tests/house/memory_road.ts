/** @file The way to a server in memory, with a hook for what the network does to requests and answers. */
import type { MemoryServer } from './memory_server';
import type { Road } from './phone';

/** Throws to lose a request (`before`) or its answer (`after`). */
export type Weather = (when: 'before' | 'after', method: string, path: string) => void;

export function roadTo(server: MemoryServer, weather: Weather = () => undefined): Road {
  return {
    origin: 'https://seen.example',
    fetch: async (url, init) => {
      const { pathname, search } = new URL(url);
      const method = init.method ?? 'GET';
      const authorization = (init.headers as Record<string, string>)['Authorization'] ?? null;
      const body = init.body ? (JSON.parse(String(init.body)) as never) : ({} as never);
      weather('before', method, pathname);
      const answer = server.answer(method, pathname + search, body, authorization);
      weather('after', method, pathname);
      return answer;
    },
    connect: () => server.follow(),
  };
}
