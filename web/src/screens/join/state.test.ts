import { expect, test } from 'vitest';
import type { Joining } from '../../records/contract';
import { goodUntil, joinFace, secretIn, stepOf } from './state';

const joining: Joining = {
  role: 'inviter',
  stage: 'open',
  link: 'https://x/#join=a',
  expires: 0,
  partnerName: null,
  words: null,
  iConfirmed: false,
};
const four: Joining['words'] = ['lantern', 'river', 'oat', 'velvet'];

test('an_open_invitation_is_shown_to_whoever_made_it', () => {
  expect(stepOf(joining)).toBe('show');
  expect(stepOf({ ...joining, role: 'invitee' })).toBe('meeting');
});

test('the_four_words_are_compared_once', () => {
  expect(stepOf({ ...joining, stage: 'revealed', words: four })).toBe('compare');
  expect(stepOf({ ...joining, stage: 'revealed', words: four, iConfirmed: true })).toBe('waiting');
});

test('each_way_a_join_can_fail_has_its_own_sentence', () => {
  const said = (['ended', 'expired', 'tampered'] as const).map(
    (stage) => joinFace({ ...joining, stage }).said.key,
  );
  expect(said).toEqual(['error.invite_ended', 'error.invite_expired', 'error.invite_tampered']);
});

test('words_are_not_shown_once_a_join_is_over', () => {
  expect(joinFace({ ...joining, stage: 'tampered', words: four }).words).toEqual([]);
});

test('someone_without_a_name_is_spoken_of_without_one', () => {
  expect(joinFace({ ...joining, stage: 'claimed' }).said).toEqual({ key: 'join.meeting_unnamed' });
  expect(joinFace({ ...joining, stage: 'claimed', partnerName: 'Tomas' }).said.params).toEqual({
    name: 'Tomas',
  });
});

test('an_invitation_says_until_when_it_is_good', () => {
  const now = new Date('2026-11-22T20:40:00').getTime();
  expect(goodUntil(now + 86_400_000, now)).toEqual({
    key: 'invite.until_tomorrow',
    params: { time: '20:40' },
  });
  expect(goodUntil(now + 3_600_000, now)).toEqual({ key: 'invite.until_today', params: { time: '21:40' } });
});

test('a_secret_is_found_in_a_link_or_alone', () => {
  expect(secretIn(' https://seen.example/#join=c0ffeeC0FFEEc0ffeeC0FF ')).toBe('c0ffeeC0FFEEc0ffeeC0FF');
  expect(secretIn('c0ffeeC0FFEEc0ffeeC0FF')).toBe('c0ffeeC0FFEEc0ffeeC0FF');
  expect(secretIn('https://seen.example/')).toBeNull();
  expect(secretIn('hello')).toBeNull();
});
