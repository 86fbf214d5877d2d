/**
 * @file The typed code of an invitation (spec/envelope.md §7): 18 characters of Crockford's base 32 in three groups of
 * six. Reading forgives case, spaces, hyphens, and I, L and O. The last character checks the others, so that a slip is
 * told while typing, before anything is asked of the server.
 * Worked: "k7q4-m92x…" reads as "K7Q4M92X…"; "O" as "0", "l" and "I" as "1".
 */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const codeLength = 18;
const groupLength = 6;

/** The characters of a code as they count, without what stands between them. */
export function bare(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
}

export function grouped(code: string): string {
  return (bare(code).match(new RegExp(`.{1,${groupLength}}`, 'g')) ?? []).join(' ');
}

/** What the eighteenth character is for the first seventeen. */
export function checkOf(seventeen: string): string {
  const sum = [...seventeen].reduce((all, letter, at) => all + (at + 1) * alphabet.indexOf(letter), 0);
  return alphabet.charAt(sum % 31);
}

export type CodeRead =
  | { state: 'good'; code: string }
  /** `count` characters so far, 0 to 17. */
  | { state: 'short'; count: number }
  | { state: 'long' | 'foreign' | 'slip' };

export function readCode(typed: string): CodeRead {
  const code = bare(typed);
  if ([...code].some((letter) => !alphabet.includes(letter))) return { state: 'foreign' };
  if (code.length < codeLength) return { state: 'short', count: code.length };
  if (code.length > codeLength) return { state: 'long' };
  const right = checkOf(code.slice(0, -1)) === code.slice(-1);
  return right ? { state: 'good', code } : { state: 'slip' };
}
