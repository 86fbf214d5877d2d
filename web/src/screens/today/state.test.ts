import { expect, test } from 'vitest';
import type { Exchange, Given, Opened, Standing, Today } from '../../records/contract';
import { momentOf, todayFace } from './state';

const standing: Standing = {
  stage: 'ready',
  lock: 'none',
  name: 'Ines',
  colour: 'ember',
  partner: { name: 'Tomas', colour: 'tide' },
  phraseChecked: true,
  phraseHere: false,
  connection: 'online',
  unsent: 0,
  forgotten: false,
  refused: 0,
  joining: null,
  over: 'none',
  warnings: [],
  demo: false,
};
const nothing: Exchange = { counter: 3, state: 'nothing', mine: null, theirsWaits: false, mayTell: true };
const given: Given = { id: 'x', at: 0, text: 'x', withdrawn: false, response: null };
const opened: Opened = { counter: 2, stamp: 0, mine: given, theirs: given };
const at = (exchange: Exchange | null, toReceive: Opened | null = null): Today => ({ exchange, toReceive });

test('someone_alone_is_whole_and_inviting_is_the_last_thing', () => {
  const alone = todayFace({ ...standing, partner: null }, at(null), null, 'evening');
  expect(alone.moment).toBe('alone');
  expect(alone.main.href).toBe('#/line');
  expect(alone.row?.href).toBe('#/invite');
  expect(alone.second).toBeNull();
});

test('a_pair_that_has_opened_comes_before_everything_else', () => {
  expect(momentOf(at({ ...nothing, state: 'theirs', theirsWaits: true }, opened), null)).toBe('receive');
  expect(todayFace(standing, at(nothing, opened), null, 'evening').main.href).toBe('#/open/2');
});

test('theirs_waits_and_mine_can_be_written_or_not_today', () => {
  const shown = todayFace(standing, at({ ...nothing, state: 'theirs', theirsWaits: true }), null, 'night');
  expect(shown.title).toEqual({ key: 'today.theirs.title', params: { name: 'Tomas' } });
  expect(shown.second).toBe('rest');
});

test('not_today_holds_for_this_exchange_only', () => {
  const waiting = at({ ...nothing, state: 'theirs', theirsWaits: true });
  expect(momentOf(waiting, 3)).toBe('resting');
  expect(momentOf(waiting, 2)).toBe('theirs');
});

test('mine_that_waits_with_theirs_on_the_way_is_still_mine', () => {
  expect(momentOf(at({ ...nothing, state: 'both', theirsWaits: true }), null)).toBe('mine');
});

test('a_join_that_was_begun_is_gone_on_with', () => {
  const inviting = todayFace({ ...standing, partner: null, joining: 'inviter' }, at(null), null, 'morning');
  expect(inviting.row?.href).toBe('#/invite');
  const invited = todayFace({ ...standing, partner: null, joining: 'invitee' }, at(null), null, 'morning');
  expect(invited.row?.href).toBe('#/join');
});

test('words_that_were_never_checked_are_spoken_of_once_joined', () => {
  const shown = todayFace(
    { ...standing, phraseChecked: false, phraseHere: true },
    at(nothing),
    null,
    'morning',
  );
  expect(shown.row?.href).toBe('#/words');
});

test('one_that_has_lapsed_is_looked_at_before_anything_is_written_over_it', () => {
  const mine = { id: 'm', text: 'x', at: 0, lapsed: true };
  const alone = todayFace(standing, at({ ...nothing, state: 'mine', mine }), null, 'evening');
  expect(alone.moment).toBe('lapsed');
  expect(alone.main.href).toBe('#/sealed');
  const both = todayFace(
    standing,
    at({ ...nothing, state: 'both', mine, theirsWaits: true }),
    null,
    'evening',
  );
  expect(both.text.key).toBe('today.lapsed.both');
});

test('after_one_has_left_nobody_is_waited_for_and_what_was_opened_can_be_read', () => {
  const left = todayFace({ ...standing, over: 'they_left' }, at(null), null, 'evening');
  expect(left.title).toEqual({ key: 'today.they_left.title', params: { name: 'Tomas' } });
  expect(left.second).toMatchObject({ href: '#/between' });
  expect(left.row?.href).toBe('#/leave');
  const mine = todayFace({ ...standing, over: 'i_left', partner: null }, at(null), null, 'evening');
  expect(mine.title.key).toBe('today.i_left.title');
  expect(mine.row?.href).toBe('#/invite');
});

test('what_two_have_not_agreed_on_is_asked_until_it_has_been_answered', () => {
  const asked = todayFace(standing, at(nothing), null, 'morning', { mine: null, theirs: true });
  expect(asked.row?.href).toBe('#/agreement');
  const answered = todayFace(standing, at(nothing), null, 'morning', { mine: false, theirs: null });
  expect(answered.row?.href).toBe('#/line');
});
