import { expect, test } from 'vitest';
import { admitted, invitationIn, parseRoute } from './route';

test('a_fragment_names_a_place_and_what_follows_it', () => {
  expect(parseRoute('#/open/3')).toEqual({ place: 'open', of: '3' });
  expect(parseRoute('#/room')).toEqual({ place: 'room', of: null });
  expect(parseRoute('#/note/a%2Fb')).toEqual({ place: 'note', of: 'a/b' });
});

test('an_unknown_fragment_is_home', () => {
  expect(parseRoute('#/elsewhere')).toEqual({ place: 'today', of: null });
  expect(parseRoute('')).toEqual({ place: 'today', of: null });
});

test('an_invitation_is_found_only_in_its_own_form', () => {
  expect(invitationIn('#join=AbC_-9')).toEqual({ secret: 'AbC_-9', kind: 'person' });
  expect(invitationIn('#device=AbC_-9')).toEqual({ secret: 'AbC_-9', kind: 'device' });
  expect(invitationIn('#/join')).toBeNull();
  expect(invitationIn('#join=<b>')).toBeNull();
});

test('nobody_is_led_past_the_welcome_before_beginning', () => {
  expect(admitted({ place: 'room', of: null }, 'none').place).toBe('welcome');
  expect(admitted({ place: 'join', of: null }, 'none').place).toBe('join');
});

test('whoever_lives_here_is_not_asked_to_begin_again', () => {
  expect(admitted({ place: 'welcome', of: null }, 'ready').place).toBe('today');
  expect(admitted({ place: 'begin', of: null }, 'ready').place).toBe('words');
  expect(admitted({ place: 'invited', of: null }, 'ready').place).toBe('invited');
});
