/** @file Writing one true thing: it is kept as it is typed, and nothing is given before it has been seen. */
import type { DraftPlace } from '../../records/contract';

/** Bytes of UTF-8 that a true thing or an answer may have. */
export const mostBytes = 12_000;
/** How long typing may pause before the draft is kept, in ms. */
export const keepAfter = 300;

export interface Drafts {
  draft(place: DraftPlace): Promise<string>;
  saveDraft(place: DraftPlace, text: string): Promise<void>;
}

export function isEmpty(text: string): boolean {
  return text.trim() === '';
}

export function tooLong(text: string, most: number = mostBytes): boolean {
  return new TextEncoder().encode(text).length > most;
}

/** Where the exchange stands when somebody looks at what they wrote before giving it. */
export function whatFollows(theirsWaits: boolean): 'see.opens_now' | 'see.waits' {
  return theirsWaits ? 'see.opens_now' : 'see.waits';
}
