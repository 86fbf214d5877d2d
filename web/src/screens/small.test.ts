import { expect, test } from 'vitest';
import type { Given, Note, Opened, Page, Standing } from '../records/contract';
import { nameFrom } from './begin/state';
import { joinPages, pairRow } from './between/state';
import { guideGroups, refusedLine } from './guide/state';
import { openFace, responseLine, whenOpened } from './open/state';
import { noteRow, notesOf, pageSize } from './room/state';
import { draftAfter, onwards } from './sealed/state';
import { asLine, isOtherTwelve, missing, splitWords } from './words/state';
import { isEmpty, tooLong, whatFollows } from './write/state';

const evening = new Date('2026-11-22T20:40:00').getTime();
const day = 86_400_000;
const thanks: Given['response'] = { id: 'r', kind: 'thanks', text: null, at: 0 };
const given: Given = { id: 'x', at: 0, text: 'a true thing', withdrawn: false, response: null };
const gone: Given = { ...given, text: null, withdrawn: true };
const pair = (counter: number, more: Partial<Opened> = {}): Opened => ({
  counter,
  stamp: evening,
  mine: given,
  theirs: given,
  ...more,
});
const note = (id: string): Note => ({
  id,
  seq: null,
  text: `\n${id}\nmore`,
  at: evening,
  changedAt: null,
  pending: false,
});

test('a_name_may_stay_empty', () => {
  expect(nameFrom('  ')).toBeNull();
  expect(nameFrom('  Ines   Maria ')).toBe('Ines Maria');
});

test('words_are_read_however_they_were_pasted', () => {
  expect(splitWords('1. Lantern\n2. river, oat;  VELVET ')).toEqual(['lantern', 'river', 'oat', 'velvet']);
  expect(asLine(['lantern', 'river'])).toBe('lantern river');
});

test('the_button_says_how_many_words_are_there', () => {
  expect(missing('')).toEqual({ key: 'words.none_yet' });
  expect(missing('a b c d e f g')).toEqual({ key: 'words.so_far', params: { count: 'Seven' } });
  expect(missing(Array(12).fill('oat').join(' '))).toBeNull();
  expect(missing(Array(13).fill('oat').join(' '))).toEqual({ key: 'words.too_many' });
});

test('twelve_words_that_do_not_fit_together_are_other_words', () => {
  expect(isOtherTwelve({ code: 'phrase_wrong' })).toBe(true);
  expect(isOtherTwelve({ code: 'phrase_unknown_word' })).toBe(false);
  expect(isOtherTwelve(null)).toBe(false);
});

test('length_is_counted_in_bytes_and_blank_is_empty', () => {
  expect(isEmpty(' \n ')).toBe(true);
  expect(tooLong('é'.repeat(6_000))).toBe(false);
  expect(tooLong('é'.repeat(6_001))).toBe(true);
});

test('before_giving_it_is_said_what_follows', () => {
  expect(whatFollows(true)).toBe('see.opens_now');
  expect(whatFollows(false)).toBe('see.waits');
});

test('a_sealed_one_stays_where_it_is_until_it_opens_or_is_taken_back', () => {
  const exchange = { counter: 3, state: 'mine' as const, mine: null, theirsWaits: false, mayTell: false };
  expect(onwards({ exchange, toReceive: pair(2) })).toBeNull();
  expect(onwards({ exchange: { ...exchange, state: 'nothing' }, toReceive: pair(3) })).toBe('#/open/3');
  expect(onwards({ exchange: { ...exchange, state: 'nothing' }, toReceive: null })).toBe('#/today');
});

test('what_is_taken_back_never_writes_over_something_begun_since', () => {
  expect(draftAfter('old', ' ')).toBe('old');
  expect(draftAfter('old', 'new')).toBe('new');
});

test('a_pair_opens_before_ones_eyes_once', () => {
  expect(openFace(pair(1), 'Tomas', evening, false).moves).toBe(true);
  expect(openFace(pair(1), 'Tomas', evening, true).moves).toBe(false);
  expect(openFace(pair(1, { theirs: { ...given, response: thanks } }), 'Tomas', evening, false).moves).toBe(
    false,
  );
});

test('what_was_taken_back_cannot_be_answered_or_taken_back_again', () => {
  const shown = openFace(pair(1, { theirs: gone, mine: gone }), 'Tomas', evening, true);
  expect(shown.canAnswer).toBe(false);
  expect(shown.canTakeBack).toBe(false);
});

test('an_evening_within_the_week_is_named_by_its_day', () => {
  expect(whenOpened(evening, evening + 2 * day)).toEqual({ key: 'open.evening', params: { day: 'Sunday' } });
  expect(whenOpened(evening, evening + 7 * day)).toEqual({ key: 'open.on', params: { day: '22 November' } });
});

test('an_answer_stands_under_what_it_answers', () => {
  expect(responseLine(given, 'me', 'Tomas')).toBeNull();
  expect(responseLine({ ...given, response: thanks }, 'them', 'Tomas')?.head.key).toBe('open.thanks_by_them');
  const words = { ...thanks, kind: 'words' as const, text: 'I saw you go.' };
  expect(responseLine({ ...given, response: words }, 'me', 'Tomas')?.text).toBe('I saw you go.');
});

test('a_pair_that_was_taken_back_keeps_its_place', () => {
  expect(pairRow(pair(1, { theirs: gone }), 'Tomas', evening).head).toEqual({
    key: 'between.theirs_gone',
    params: { name: 'Tomas' },
  });
  expect(pairRow(pair(1, { theirs: gone, mine: gone }), 'Tomas', evening).head).toEqual({
    key: 'between.both_gone',
  });
});

test('pages_join_without_doubles_newest_first', () => {
  const pages = joinPages([pair(5), pair(4)], { items: [pair(4), pair(3)], more: false });
  expect(pages.map(({ counter }) => counter)).toEqual([5, 4, 3]);
});

test('a_note_shows_its_first_line', () => {
  expect(noteRow(note('a'), evening).head).toBe('a');
});

/** A room as the records hand it out: what is not acknowledged comes with the first page only. */
function roomOf(acknowledged: number, waiting: number) {
  const kept = Array.from({ length: acknowledged }, (_, at) => ({
    ...note(`n${at}`),
    seq: acknowledged - at,
  }));
  const pending = Array.from({ length: waiting }, (_, at) => ({ ...note(`p${at}`), pending: true }));
  const asked: number[] = [];
  const room = (before: number | null, limit: number): Promise<Page<Note>> => {
    asked.push(limit);
    const older = kept.filter(({ seq }) => before === null || seq < before);
    const items = [...(before === null ? pending : []), ...older.slice(0, limit)];
    return Promise.resolve({ items, more: older.length > limit });
  };
  return { room, asked, ids: [...pending, ...kept].map(({ id }) => id) };
}

test('pages_of_notes_meet_and_none_is_asked_for_that_is_too_long', async () => {
  const { room, asked, ids } = roomOf(1000, 30);
  const shown = await notesOf(room, 40);
  expect(shown.items.map(({ id }) => id)).toEqual(ids.slice(0, 30 + 40 * pageSize));
  expect(shown.more).toBe(true);
  expect(Math.max(...asked)).toBeLessThanOrEqual(500);
  expect(await notesOf(room, 60)).toMatchObject({ items: { length: 1030 }, more: false });
});

test('notes_that_all_wait_are_one_page', async () => {
  const { room, asked } = roomOf(0, 50);
  expect(await notesOf(room, 3)).toMatchObject({ items: { length: 50 }, more: false });
  expect(asked).toHaveLength(1);
});

test('what_was_not_opened_is_counted_and_nothing_is_said_of_none', () => {
  expect(refusedLine(0)).toBeNull();
  expect(refusedLine(1)).toEqual({ key: 'privacy.refused_one' });
  expect(refusedLine(2)).toEqual({ key: 'privacy.refused', params: { count: 'Two' } });
});

test('inviting_is_offered_only_while_alone', () => {
  const standing: Standing = {
    stage: 'ready',
    lock: 'none',
    name: null,
    colour: 'ember',
    partner: null,
    phraseChecked: false,
    phraseHere: true,
    connection: 'online',
    unsent: 0,
    forgotten: false,
    refused: 0,
    joining: null,
    over: 'none',
    warnings: [],
    demo: false,
  };
  const ways = (now: Standing): string[] =>
    guideGroups(now).flatMap(({ rows }) => rows.map(({ href }) => href));
  const joined: Standing = { ...standing, partner: { name: 'Tomas', colour: 'tide' } };
  expect(ways(standing)).toContain('#/invite');
  expect(ways(joined)).not.toContain('#/invite');
  expect(ways(joined)).toContain('#/leave');
  expect(ways({ ...joined, over: 'they_left' })).toEqual(expect.arrayContaining(['#/invite', '#/leave']));
});
