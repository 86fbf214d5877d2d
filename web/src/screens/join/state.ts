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
  const words = step === 'over' ? [] : (joining.words ?? []);
  return {
    step,
    words,
    ...(joining.kind === 'device' ? deviceSays(step, joining) : personSays(step, joining)),
  };
}

type Saying = Pick<JoinFace, 'title' | 'said'>;

function personSays(step: Step, joining: Joining): Saying {
  const name: Said['params'] = { name: joining.partnerName ?? '' };
  const told = (which: 'meeting' | 'waiting' | 'joined'): Said =>
    joining.partnerName ? { key: `join.${which}`, params: name } : { key: `join.${which}_unnamed` };
  const says: Record<Step, Saying> = {
    show: { title: { key: 'invite.title' }, said: { key: 'invite.how' } },
    meeting: { title: { key: 'join.title' }, said: told('meeting') },
    compare: { title: { key: 'join.title' }, said: { key: 'join.compare' } },
    waiting: { title: { key: 'join.title' }, said: told('waiting') },
    joined: { title: { key: 'join.joined_title' }, said: told('joined') },
    over: { title: { key: 'join.over_title' }, said: over(joining) },
  };
  return says[step];
}

/** A further device of my own: both screens are in front of the same person. */
function deviceSays(step: Step, joining: Joining): Saying {
  const mine = joining.role === 'inviter';
  const says: Record<Step, Saying> = {
    show: { title: { key: 'device.add_title' }, said: { key: 'device.add_how' } },
    meeting: { title: { key: 'device.joining' }, said: { key: 'device.meeting' } },
    compare: { title: { key: 'device.joining' }, said: { key: 'join.compare' } },
    waiting: { title: { key: 'device.joining' }, said: { key: 'device.waiting' } },
    joined: {
      title: { key: mine ? 'device.joined' : 'device.entered' },
      said: { key: mine ? 'device.joined_said' : 'device.entered_said' },
    },
    over: { title: { key: 'device.over_title' }, said: over(joining) },
  };
  return says[step];
}

function over({ stage, kind }: Joining): Said {
  if (stage === 'expired') return { key: 'error.invite_expired' };
  if (kind === 'device') return { key: stage === 'tampered' ? 'device.tampered' : 'device.ended' };
  return { key: stage === 'tampered' ? 'error.invite_tampered' : 'error.invite_ended' };
}

/** "Good for one person, until tomorrow at 20:40"; before the server has it, there is no time to tell. */
export function goodUntil({ expires, kind }: Pick<Joining, 'expires' | 'kind'>, now: number): Said {
  if (expires === 0) return { key: 'invite.not_yet' };
  const params = { time: clockTime(expires) };
  const day = daysBetween(now, expires) === 0 ? 'today' : 'tomorrow';
  return { key: kind === 'device' ? `device.until_${day}` : `invite.until_${day}`, params };
}
