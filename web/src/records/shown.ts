/** @file From the core's views to what the screens are promised in contract.ts. */
import type { GivenView, MeView, NoteView, OpenedView, TodayView } from '../core/views';
import type { Given, LockKind, Note, Opened, Standing, Today } from './contract';

/** What is told where nobody lives, or nobody is let in. */
export function nowhere(stage: 'none' | 'locked', lock: LockKind, demo: boolean): Standing {
  const nobody = {
    name: null,
    colour: 'ember',
    partner: null,
    phraseChecked: false,
    phraseHere: false,
  } as const;
  const rest = { connection: 'connecting', unsent: 0, forgotten: false, refused: 0, joining: null } as const;
  return { stage, lock, ...nobody, ...rest, over: 'none', warnings: [], demo };
}

/** Who opened the space is ember, who joined is tide, on both phones. */
export function coloursOf({ joined }: MeView): Pick<Standing, 'colour' | 'partner'> {
  if (!joined) return { colour: 'ember', partner: null };
  const opener = joined.role === 'opener';
  return {
    colour: opener ? 'ember' : 'tide',
    partner: { name: joined.partner.name ?? '', colour: opener ? 'tide' : 'ember' },
  };
}

function givenOf({ id, at, text, withdrawn, response }: GivenView): Given {
  const told = response && { id: response.id, kind: response.kind, text: response.text, at: response.at };
  return { id, at, text, withdrawn, response: told };
}

export function openedOf({ counter, stamp, mine, theirs }: OpenedView): Opened {
  return { counter, stamp, mine: givenOf(mine), theirs: givenOf(theirs) };
}

export function todayOf({ exchange, to_receive }: TodayView): Today {
  const shown = exchange && {
    counter: exchange.counter,
    state: exchange.state,
    mine: exchange.mine,
    theirsWaits: exchange.theirs_waits,
    mayTell: exchange.may_tell,
  };
  return { exchange: shown, toReceive: to_receive && openedOf(to_receive) };
}

export function noteOf({ id, seq, text, at, changed_at, pending }: NoteView): Note {
  return { id, seq, text, at, changedAt: changed_at, pending };
}
