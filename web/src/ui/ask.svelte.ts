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

/** One act at a time. `run` answers whether it went well; what went wrong stands in `trouble`. */
export class Deed {
  busy = $state(false);
  trouble = $state.raw<unknown>(null);

  async run(act: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.trouble = null;
    try {
      await act();
      return true;
    } catch (trouble) {
      this.trouble = trouble;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
