/** @file Locks by itself when the page has not been seen for the chosen time. */

/** What is being typed when the page is left is put away first, ms. */
const putAway = 100;

export class Away {
  private since: number | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    /** ms; null when nothing is to be locked. */
    private readonly after: () => number | null,
    private readonly lock: () => void,
  ) {}

  left(): void {
    if (this.since !== null) return;
    this.since = Date.now();
    const after = this.after();
    if (after !== null) this.timer = setTimeout(this.lock, Math.max(after, putAway));
  }

  /** A timer may have slept as long as the page did: the time itself decides. */
  back(): void {
    const since = this.since;
    this.stop();
    const after = this.after();
    if (since !== null && after !== null && Date.now() - since >= after) this.lock();
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.since = null;
  }
}
