import { expect, test } from 'vitest';
import type { Joining } from '../../records/contract';
import { entryIn, missingIn, slipIn } from './entry';
import { goodUntil, joinFace, stepOf } from './state';

const joining: Joining = {
  kind: 'person',
  code: null,
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
  expect(goodUntil({ kind: 'person', expires: now + 86_400_000 }, now)).toEqual({
    key: 'invite.until_tomorrow',
    params: { time: '20:40' },
  });
  expect(goodUntil({ kind: 'device', expires: 0 }, now)).toEqual({ key: 'invite.not_yet' });
  expect(goodUntil({ kind: 'device', expires: now + 3_600_000 }, now)).toEqual({
    key: 'device.until_today',
    params: { time: '21:40' },
  });
});

test('a_way_in_is_found_in_a_link_alone_or_as_a_code', () => {
  const secret = 'c0ffeeC0FFEEc0ffeeC0FF';
  expect(entryIn(` https://seen.example/#join=${secret} `)).toEqual({ secret, kind: 'person' });
  expect(entryIn(`https://seen.example/#device=${secret}`)).toEqual({ secret, kind: 'device' });
  expect(entryIn(secret)).toEqual({ secret, kind: null });
  expect(entryIn('000000-000000-000000')).toEqual({ secret: '000000000000000000', kind: null });
  expect(entryIn('https://seen.example/')).toBeNull();
  expect(entryIn('hello')).toBeNull();
});

test('the_button_says_what_is_missing_and_a_slip_is_told', () => {
  expect(missingIn('', 'person')).toEqual({ key: 'entry.none_yet' });
  expect(missingIn('K7Q4M9 2', 'person')).toEqual({ key: 'entry.so_far', params: { count: 'Seven' } });
  expect(missingIn('https://seen.example/', 'person')).toEqual({ key: 'entry.no_link' });
  expect(missingIn('https://x/#device=c0ffeeC0FFEEc0ffeeC0FF', 'person')).toEqual({
    key: 'entry.other_person',
  });
  expect(missingIn('https://x/#join=c0ffeeC0FFEEc0ffeeC0FF', 'device')).toEqual({
    key: 'entry.other_device',
  });
  expect(missingIn('000000 000000 000001', 'person')).toEqual({ key: 'entry.slip' });
  expect(slipIn('000000 000000 000001')).toEqual({ key: 'entry.slip_hint' });
  expect(slipIn('000000 00U')).toEqual({ key: 'entry.foreign_hint' });
  expect(missingIn('000000 000000 000000', 'person')).toBeNull();
  expect(slipIn('000000')).toBeNull();
});

test('a_device_of_ones_own_is_spoken_of_as_one', () => {
  const device: Joining = { ...joining, kind: 'device' };
  expect(joinFace(device).said.key).toBe('device.add_how');
  expect(joinFace({ ...device, stage: 'joined' }).title.key).toBe('device.joined');
  expect(joinFace({ ...device, stage: 'joined', role: 'invitee' }).title.key).toBe('device.entered');
  expect(joinFace({ ...device, stage: 'ended' }).said.key).toBe('device.ended');
});
