/** @file Beginning asks for one thing only, and that may stay empty: the name that a partner would see. */

export const longestName = 40;

/** What was typed, as a name; null when it is left empty. */
export function nameFrom(typed: string): string | null {
  const name = typed.trim().replace(/\s+/g, ' ');
  return name === '' ? null : name;
}
