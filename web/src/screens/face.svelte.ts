/**
 * @file What every screen stands on: the records' client, where this device stands, and what has changed since.
 * A screen that shows something reads `changed.<what>` in its question, and so asks again when it moves.
 */
import { getContext, setContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { Change, Seen, Standing } from '../records/contract';
import { t } from '../text/text';
import type { Invitation } from '../ui/route';

const place = Symbol('face');

/** Before the records have answered for the first time. */
export const nobody: Standing = {
  stage: 'none',
  lock: 'none',
  name: null,
  colour: 'ember',
  partner: null,
  phraseChecked: false,
  phraseHere: false,
  connection: 'connecting',
  unsent: 0,
  forgotten: false,
  refused: 0,
  joining: null,
  over: 'none',
  warnings: [],
  demo: false,
};

export class Face {
  standing: Standing = $state.raw() as Standing;
  changed = $state<Record<Change, number>>({
    standing: 0,
    today: 0,
    between: 0,
    room: 0,
    joining: 0,
    draft: 0,
  });
  /** An invitation that came with the address, or was scanned or typed; taken by the join screen. */
  invitation: Invitation | null = $state.raw(null);
  /** Who runs the server has been asked in this visit. What was answered is neither kept nor sent. */
  askedWhoRuns = $state(false);
  /** What has this moment been sealed moves once; and a pair that has been opened here does not open again. */
  sealing = false;
  openedHere = new SvelteSet<number>();
  /** The exchange that this person lets rest for now. Nothing of it is kept or sent. */
  resting: number | null = $state(null);
  /** Whether the one that is being written is kept quiet; a choice of this visit. */
  quiet = $state(false);

  constructor(
    readonly seen: Seen,
    standing: Standing,
  ) {
    this.standing = standing;
    seen.onChange((change) => void this.#take(change));
  }

  get partner(): string {
    const { partner } = this.standing;
    return partner === null ? '' : partner.name || t('someone');
  }

  async refresh(): Promise<void> {
    this.standing = await this.seen.standing();
  }

  async #take(change: Change): Promise<void> {
    if (change === 'standing') await this.refresh();
    this.changed[change] += 1;
  }
}

export function giveFace(face: Face): Face {
  return setContext(place, face);
}

export function useFace(): Face {
  return getContext<Face>(place);
}
