/** @file What can come back instead of an answer. */

/** The server answered, and not with 2xx. `code` is its own word (spec/protocol.md). */
export class ServerError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Seconds, when the server names them. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
    this.name = 'ServerError';
  }
}

/** No answer: no connection, or none within the time. */
export class Unreachable extends Error {
  constructor(options?: ErrorOptions) {
    super('the server cannot be reached', options);
    this.name = 'Unreachable';
  }
}

/** The server does not know this account; everything on the device is kept. */
export class AccountUnknown extends Error {
  constructor() {
    super('the server does not know this account');
    this.name = 'AccountUnknown';
  }
}

/** Nothing more fits into this space: told with a 5xx, yet no other answer comes of waiting. */
const full = 507;
/** No session, too late, too often: these say nothing about what was sent. */
const aboutNow = new Set([401, 408, 429]);

/** Worth trying again later, unchanged. */
export function passes(error: unknown): boolean {
  if (error instanceof Unreachable || error instanceof AccountUnknown) return true;
  if (!(error instanceof ServerError) || error.status === full) return false;
  return error.status >= 500 || aboutNow.has(error.status);
}
