/** @file How the server in memory says no. */

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

export const text = (value: unknown): string => String(value);
