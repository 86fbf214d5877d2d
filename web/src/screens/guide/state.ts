/** @file The rows of the guide: what can be looked at and changed from here. */
import type { Standing } from '../../records/contract';
import type { Key, Said } from '../../text/text';
import { capitalised, inWords } from '../../ui/count';

export interface GuideRow {
  href: string;
  head: Key;
  small: Said;
}

export function guideRows(standing: Standing): GuideRow[] {
  const rows: GuideRow[] = [
    { href: '#/privacy', head: 'guide.privacy', small: { key: 'guide.privacy_small' } },
    {
      href: '#/name',
      head: 'guide.name',
      small: standing.name
        ? { key: 'guide.name_is', params: { name: standing.name } }
        : { key: 'guide.name_none' },
    },
    { href: '#/words', head: 'guide.words', small: wordsState(standing) },
    { href: '#/light', head: 'guide.light', small: { key: 'guide.light_small' } },
  ];
  if (standing.partner) return rows;
  return [...rows, { href: '#/invite', head: 'today.row.invite', small: { key: 'today.row.invite_small' } }];
}

/** What is said of records that are kept and not shown; nothing when there are none. */
export function refusedLine(refused: number): Said | null {
  if (refused === 0) return null;
  if (refused === 1) return { key: 'privacy.refused_one' };
  return { key: 'privacy.refused', params: { count: capitalised(inWords(refused)) } };
}

function wordsState(standing: Standing): Said {
  if (standing.phraseChecked) return { key: 'guide.words_checked' };
  return { key: standing.phraseHere ? 'guide.words_here' : 'guide.words_gone' };
}
