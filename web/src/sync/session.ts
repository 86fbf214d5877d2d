/** @file A signed-in connection: the challenge is answered when a token is first needed, and again after a 401. */
import type { Challenge } from '../vault/sign_in';
import { AccountUnknown, ServerError } from './errors';
import type { Method, Server } from './server';

/** Signs a challenge with a device's or the root's key. */
export interface Signer {
  account: string;
  /** Null for the root. */
  device: string | null;
  sign(challenge: Challenge): Promise<string>;
}

export class Session {
  private token: Promise<string> | null = null;

  constructor(
    readonly server: Server,
    private readonly signer: Signer,
  ) {}

  async ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const token = await this.signIn();
    try {
      return await this.server.ask<T>(method, path, body, `Bearer ${token}`);
    } catch (error) {
      if (!(error instanceof ServerError) || error.status !== 401) throw error;
      this.forget();
      return this.server.ask<T>(method, path, body, `Bearer ${await this.signIn()}`);
    }
  }

  /** One sign-in at a time, shared by all who wait for it. */
  signIn(): Promise<string> {
    this.token ??= this.newToken().catch((error: unknown) => {
      this.token = null;
      throw error;
    });
    return this.token;
  }

  /** The next request signs in again. */
  forget(): void {
    this.token = null;
  }

  private async newToken(): Promise<string> {
    const challenge = await this.server.ask<Challenge>('POST', '/challenges', {});
    const { account, device } = this.signer;
    const signature = await this.signer.sign(challenge);
    const body = { account, device, ...challenge, origin: this.server.origin, signature };
    try {
      const { token } = await this.server.ask<{ token: string }>('POST', '/sessions', body);
      return token;
    } catch (error) {
      // The signature over a fresh challenge is right, so it is the account that is missing.
      if (error instanceof ServerError && error.status === 401) throw new AccountUnknown();
      throw error;
    }
  }
}
