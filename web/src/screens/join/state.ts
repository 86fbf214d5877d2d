/** @file A join as each side sees it: what step it is at, and what is said there. */
import type { Joining } from '../../records/contract';
import type { Said } from '../../text/text';
import { clockTime, daysBetween } from '../../ui/when';

export type Step = 'show' | 'meeting' | 'compare' | 'waiting' | 'joined' | 'over';

export interface JoinFace {
  step: Step;
  /** One or two sentences on the ground. */
  said: Said;
  title: Said;
  words: readonly string[];
}

export function stepOf(joining: Joining): Step {
  if (joining.stage === 'joined') return 'joined';
  if (joining.stage === 'ended' || joining.stage === 'expired' || joining.stage === 'tampered') return 'over';
  if (joining.words) return joining.iConfirmed ? 'waiting' : 'compare';
  return joining.stage === 'open' && joining.role === 'inviter' ? 'show' : 'meeting';
}

export function joinFace(joining: Joining): JoinFace {
  const step = stepOf(joining);
  const name: Said['params'] = { name: joining.partnerName ?? '' };
  const words = joining.words ?? [];
  const told = (which: 'meeting' | 'waiting' | 'joined'): Said =>
    joining.partnerName ? { key: `join.${which}`, params: name } : { key: `join.${which}_unnamed` };
  switch (step) {
    case 'show':
      return { step, title: { key: 'invite.title' }, said: { key: 'invite.how' }, words };
    case 'meeting':
      return { step, title: { key: 'join.title' }, said: told('meeting'), words };
    case 'compare':
      return { step, title: { key: 'join.title' }, said: { key: 'join.compare' }, words };
    case 'waiting':
      return { step, title: { key: 'join.title' }, said: told('waiting'), words };
    case 'joined':
      return { step, title: { key: 'join.joined_title' }, said: told('joined'), words };
    case 'over':
      return { step, title: { key: 'join.over_title' }, said: over(joining), words: [] };
  }
}

function over(joining: Joining): Said {
  if (joining.stage === 'expired') return { key: 'error.invite_expired' };
  return { key: joining.stage === 'tampered' ? 'error.invite_tampered' : 'error.invite_ended' };
}

/** "Good for one person, until tomorrow at 20:40" */
export function goodUntil(expires: number, now: number): Said {
  const params = { time: clockTime(expires) };
  return daysBetween(now, expires) === 0
    ? { key: 'invite.until_today', params }
    : { key: 'invite.until_tomorrow', params };
}

/** The secret in what was pasted: a whole link, or the secret alone. Null when there is none. */
export function secretIn(pasted: string): string | null {
  const text = pasted.trim();
  const found = /#join=([A-Za-z0-9_-]{16,})/.exec(text) ?? /^([A-Za-z0-9_-]{16,})$/.exec(text);
  return found?.[1] ?? null;
}
