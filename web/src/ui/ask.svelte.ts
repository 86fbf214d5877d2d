/** @file A question to the records, asked again when what it depends on changes, and an act with its outcome. */

/** Holds the newest answer. The question runs inside an effect: whatever state it reads makes it ask again. */
export class Ask<T> {
  value = $state.raw<T | null>(null);
  trouble = $state.raw<unknown>(null);
  #turn = 0;

  constructor(question: () => Promise<T> | null) {
    $effect(() => {
      const answer = question();
      if (answer) void this.#take(answer);
    });
  }

  async #take(answer: Promise<T>): Promise<void> {
    const turn = ++this.#turn;
    try {
      const value = await answer;
      if (turn !== this.#turn) return;
      this.value = value;
      this.trouble = null;
    } catch (trouble) {
      if (turn === this.#turn) this.trouble = trouble;
    }
  }
}

/**
 * One act at a time. `run` answers whether it went well and somebody is still there to be led on: whoever has gone to
 * another page meanwhile is not taken away from it. What went wrong stands in `trouble`.
 */
export class Deed {
  busy = $state(false);
  trouble = $state.raw<unknown>(null);
  #left = false;

  constructor() {
    $effect(() => () => {
      this.#left = true;
    });
  }

  async run(act: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.trouble = null;
    try {
      await act();
      return !this.#left;
    } catch (trouble) {
      this.trouble = trouble;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
