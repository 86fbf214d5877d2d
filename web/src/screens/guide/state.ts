/** @file The rows of the guide: what can be looked at and changed from here. */
import type { Standing } from '../../records/contract';
import { t, type Key, type Said } from '../../text/text';
import { capitalised, inWords } from '../../ui/count';

export interface GuideRow {
  href: string;
  head: Key;
  small: Said;
}

/** Rows under a head of their own. */
export interface GuideGroup {
  head: Said;
  rows: GuideRow[];
}

const simple = (href: string, head: Key, small: Key): GuideRow => ({ href, head, small: { key: small } });

function mine(standing: Standing): GuideRow[] {
  const name: Said = standing.name
    ? { key: 'guide.name_is', params: { name: standing.name } }
    : { key: 'guide.name_none' };
  return [
    { href: '#/name', head: 'guide.name', small: name },
    { href: '#/words', head: 'guide.words', small: wordsState(standing) },
    simple('#/devices', 'devices.title', 'devices.small'),
    simple('#/lock', 'lock.title', `lock.small_${standing.lock}`),
    simple('#/light', 'guide.light', 'guide.light_small'),
  ];
}

function shared(standing: Standing): GuideRow[] {
  if (standing.partner && standing.over === 'none')
    return [
      simple('#/agreement', 'agree.row', 'agree.row_small'),
      simple('#/leave', 'leave.title', 'leave.small'),
    ];
  const away =
    standing.over === 'they_left' ? [simple('#/leave', 'leave.away_title', 'leave.away_small')] : [];
  return [
    ...away,
    simple('#/invite', 'today.row.invite', 'today.row.invite_small'),
    simple('#/invited', 'guide.invited', 'guide.invited_small'),
  ];
}

export function guideGroups(standing: Standing): GuideGroup[] {
  const together: Said =
    standing.partner && standing.over === 'none'
      ? { key: 'guide.with', params: { name: standing.partner.name || t('someone') } }
      : { key: 'guide.someone' };
  return [
    { head: { key: 'guide.you' }, rows: mine(standing) },
    { head: together, rows: shared(standing) },
    {
      head: { key: 'guide.kept' },
      rows: [
        simple('#/privacy', 'guide.privacy', 'guide.privacy_small'),
        simple('#/delete', 'delete.row', 'delete.small'),
      ],
    },
  ];
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
