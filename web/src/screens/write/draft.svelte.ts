/** @file A text that is kept on this device while it is typed. */
import { keepAfter, type Drafts } from './state';

type Place = Parameters<Drafts['draft']>[0];

export class Draft {
  text = $state('');
  ready = $state(false);
  kept = $state(false);
  trouble = $state.raw<unknown>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly drafts: Drafts,
    readonly place: Place,
    otherwise: () => Promise<string> = () => Promise.resolve(''),
  ) {
    void this.#open(otherwise);
    // Leaving the screen, or the page, keeps what the pause had not kept yet: a lock may follow at once.
    $effect(() => {
      const leaving = (): void => void this.flush();
      document.addEventListener('visibilitychange', leaving, { capture: true });
      return () => {
        document.removeEventListener('visibilitychange', leaving, { capture: true });
        leaving();
      };
    });
  }

  async #open(otherwise: () => Promise<string>): Promise<void> {
    try {
      const kept = await this.drafts.draft(this.place);
      this.kept = kept !== '';
      if (this.text === '') this.text = kept === '' ? await otherwise() : kept;
    } catch (trouble) {
      this.trouble = trouble;
    }
    this.ready = true;
  }

  typed = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), keepAfter);
  };

  async flush(): Promise<void> {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      await this.drafts.saveDraft(this.place, this.text);
      this.kept = true;
      this.trouble = null;
    } catch (trouble) {
      this.trouble = trouble;
    }
  }

  /** After it has been given or kept for good: the draft is done with. */
  async clear(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.drafts.saveDraft(this.place, '');
  }
}
