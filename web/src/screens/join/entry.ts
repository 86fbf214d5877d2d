/** @file What somebody who comes in has pasted, scanned or typed: a link, its secret, or the typed code. */
import type { Joining } from '../../records/contract';
import type { Said } from '../../text/text';
import { capitalised, inWords } from '../../ui/count';
import { readCode } from './code';

export type Kind = Joining['kind'];

export interface Entry {
  /** What is given to the records. */
  secret: string;
  /** Null where it cannot be seen: a code and a bare secret look alike for both. */
  kind: Kind | null;
}

/** The way in that stands in the text; null when there is none yet. */
export function entryIn(typed: string): Entry | null {
  const text = typed.trim();
  const link = /#(join|device)=([A-Za-z0-9_-]{16,})$/.exec(text);
  if (link?.[2]) return { secret: link[2], kind: link[1] === 'device' ? 'device' : 'person' };
  const read = readCode(text);
  if (read.state === 'good') return { secret: read.code, kind: null };
  return /^[A-Za-z0-9_-]{22}$/.test(text) ? { secret: text, kind: null } : null;
}

/** What stands on the button while there is nothing to open, and what is said beside a slip. */
export function missingIn(typed: string, kind: Kind): Said | null {
  const entry = entryIn(typed);
  if (entry) return entry.kind !== null && entry.kind !== kind ? { key: `entry.other_${kind}` } : null;
  if (typed.trim() === '') return { key: 'entry.none_yet' };
  if (/[:/#]/.test(typed)) return { key: 'entry.no_link' };
  const read = readCode(typed);
  if (read.state === 'short')
    return { key: 'entry.so_far', params: { count: capitalised(inWords(read.count)) } };
  return {
    key: read.state === 'slip' ? 'entry.slip' : read.state === 'long' ? 'entry.long' : 'entry.foreign',
  };
}

/** The sentence beside the field for what looks finished and is not right. */
export function slipIn(typed: string): Said | null {
  if (entryIn(typed) || /[:/#]/.test(typed)) return null;
  const { state } = readCode(typed);
  if (state === 'slip') return { key: 'entry.slip_hint' };
  return state === 'foreign' ? { key: 'entry.foreign_hint' } : null;
}
