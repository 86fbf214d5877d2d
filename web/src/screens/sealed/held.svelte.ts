/** @file The one that waits, and taking it back; shared by the two screens that show it. */
import { Ask, Deed } from '../../ui/ask.svelte';
import { go } from '../../ui/route';
import type { Face } from '../face.svelte';
import { draftAfter, onwards } from './state';

export class Held {
  readonly deed = new Deed();
  readonly today;

  constructor(readonly face: Face) {
    this.today = new Ask(() => {
      void face.changed.today;
      return face.seen.today();
    });
    $effect(() => {
      const next = this.today.value && !this.deed.busy ? onwards(this.today.value) : null;
      if (next !== null) go(next, 'replace');
    });
  }

  get text(): string {
    return this.today.value?.exchange?.mine?.text ?? '';
  }

  get lapsed(): boolean {
    return this.today.value?.exchange?.mine?.lapsed ?? false;
  }

  /** The same words again, for another seven days. */
  giveAnew = async (): Promise<void> => {
    const exchange = this.today.value?.exchange;
    if (!exchange?.mine) return;
    const { text } = exchange.mine;
    await this.deed.run(async () => {
      await this.face.seen.give(text, exchange.mayTell && !this.face.quiet);
      this.face.sealing = true;
    });
  };

  takeBack = async (): Promise<void> => {
    const mine = this.today.value?.exchange?.mine;
    if (!mine) return;
    const { seen } = this.face;
    // Kept as a draft first, so that the words are somewhere at every moment.
    const done = await this.deed.run(async () => {
      await seen.saveDraft('truth', draftAfter(mine.text, await seen.draft('truth')));
      await seen.takeBack(mine.id);
    });
    if (done) go('#/today', 'replace');
  };
}
