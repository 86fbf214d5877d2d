/** @file Small numbers as words. Figures from thirteen on. */

const words = 'none one two three four five six seven eight nine ten eleven twelve'.split(' ');

export function inWords(count: number): string {
  return words[count] ?? String(count);
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
