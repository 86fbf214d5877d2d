/** @file One request and its answer: JSON over HTTP, with a deadline. Only sealed content passes here. */
import { ServerError, Unreachable } from './errors';

export type Method = 'GET' | 'POST' | 'DELETE';
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The server closes after 15 s; a phone that waits longer waits for nothing. */
const deadlineMs = 20_000;

export class Server {
  constructor(
    readonly origin: string,
    private readonly fetcher: Fetch,
  ) {}

  /** `authorization` as the header has it. Resolves with the answer's JSON; rejects with `ServerError` or `Unreachable`. */
  async ask<T>(method: Method, path: string, body?: unknown, authorization?: string): Promise<T> {
    const headers: Record<string, string> = {};
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (authorization) headers['Authorization'] = authorization;
    const init: RequestInit = { method, headers, cache: 'no-store', credentials: 'omit' };
    if (body !== undefined) init.body = JSON.stringify(body);
    const response = await this.reach(path, init);
    const told = await readJson(response);
    if (response.ok) return told as T;
    throw refusal(response, told);
  }

  get followUrl(): string {
    return `${this.origin.replace(/^http/, 'ws')}/v1/follow`;
  }

  private async reach(path: string, init: RequestInit): Promise<Response> {
    try {
      const signal = AbortSignal.timeout(deadlineMs);
      return await this.fetcher(`${this.origin}/v1${path}`, { ...init, signal });
    } catch (cause) {
      throw new Unreachable({ cause });
    }
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    // A proxy's page, or a connection cut in the middle of the answer.
    if (response.ok) throw new Unreachable({ cause });
    return null;
  }
}

function refusal(response: Response, told: unknown): ServerError {
  const named = (typeof told === 'object' && told !== null ? told : {}) as Record<string, unknown>;
  const code = typeof named['error'] === 'string' ? named['error'] : `status_${response.status}`;
  const message = typeof named['message'] === 'string' ? named['message'] : code;
  const after = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ServerError(response.status, code, message, Number.isFinite(after) ? after : null);
}
