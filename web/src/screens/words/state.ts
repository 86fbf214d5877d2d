/** @file The twelve words: how what was typed is read, and what is missing. */
import type { Said } from '../../text/text';
import { capitalised, inWords } from '../../ui/count';

export const wordCount = 12;

/** Words as typed or pasted: any case, with numbers, commas, dots or lines between. */
export function splitWords(typed: string): string[] {
  return typed
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

/** What stands on the button while the words are not all there; null when there are twelve. */
export function missing(typed: string): Said | null {
  const count = splitWords(typed).length;
  if (count === wordCount) return null;
  if (count > wordCount) return { key: 'words.too_many' };
  if (count === 0) return { key: 'words.none_yet' };
  return { key: 'words.so_far', params: { count: capitalised(inWords(count)) } };
}

/** Twelve words that cannot belong together are told like twelve others: on paper there is one list to look at. */
export function isOtherTwelve(trouble: unknown): boolean {
  return (
    typeof trouble === 'object' && trouble !== null && 'code' in trouble && trouble.code === 'phrase_wrong'
  );
}

/** What is copied or printed: one line, as it can be typed again. */
export function asLine(words: string[]): string {
  return words.join(' ');
}
