/** @file What a person must be told plainly about the server or the other's devices. */
import type { SpaceRow } from '../store/rows';
import type { Warning } from './contract';

/** ms without a word from the other's devices, after which the server could be hiding a removal. */
export const silentMs = 30 * 86_400_000;

function silent({ kind, members, watch }: SpaceRow, now: number): boolean {
  const last = watch.heard > 0 ? watch.heard : watch.since;
  const two = kind === 'shared' && members.every(({ left }) => left !== true);
  return two && last > 0 && now - last > silentMs;
}

export function warningsOf(rows: readonly SpaceRow[], now: number): Warning[] {
  const found: [Warning, boolean][] = [
    ['fork', rows.some(({ watch }) => watch.forked)],
    ['rolled_back', rows.some(({ watch }) => watch.rolledBack)],
    ['list_hidden', rows.some(({ watch }) => Object.keys(watch.hidden).length > 0)],
    ['list_silent', rows.some((row) => silent(row, now))],
  ];
  return found.filter(([, is]) => is).map(([warning]) => warning);
}
