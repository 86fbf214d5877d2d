/** @file One sealed thing that waits. When it is no longer waiting, the screen knows where to go. */
import type { Today } from '../../records/contract';

/** Where to go from the sealed screen: nowhere while mine waits, to the opened pair when it has opened. */
export function onwards(today: Today): string | null {
  const { mine, state } = today.exchange ?? {};
  if (mine || state === 'mine' || state === 'both') return null;
  return today.toReceive ? `#/open/${today.toReceive.counter}` : '#/today';
}

/** What was taken back goes on where it was left, unless something else has been begun there since. */
export function draftAfter(taken: string, begun: string): string {
  return begun.trim() === '' ? taken : begun;
}
