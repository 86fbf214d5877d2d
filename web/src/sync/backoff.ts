/** @file How long to wait before the next try: twice as long each time up to half a minute, and not all at once. */

const firstMs = 500;
const mostMs = 30_000;

export class Backoff {
  private tries = 0;

  constructor(private readonly draw: () => number = Math.random) {}

  /** ms; between half and the whole of the step. */
  next(): number {
    const step = Math.min(mostMs, firstMs * 2 ** this.tries);
    this.tries += 1;
    return step * (0.5 + this.draw() / 2);
  }

  reset(): void {
    this.tries = 0;
  }
}
