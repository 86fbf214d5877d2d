import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bare, checkOf, grouped, readCode } from './code';

const seventeen = 'K7Q4M92XABCDEFGHJ';
const code = seventeen + checkOf(seventeen);

test('a_code_is_read_however_it_was_written', () => {
  expect(readCode(grouped(code))).toEqual({ state: 'good', code });
  expect(readCode(code.toLowerCase().replace(/(.{6})/g, '$1-'))).toEqual({ state: 'good', code });
  expect(bare('o0 iIlL-1')).toBe('0011111');
});

test('a_code_is_shown_in_three_groups_of_six', () => {
  expect(grouped(code)).toMatch(/^[0-9A-Z]{6} [0-9A-Z]{6} [0-9A-Z]{6}$/);
});

test('any_single_mistyped_character_is_told', () => {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const unnoticed: string[] = [];
  for (let at = 0; at < code.length; at += 1) {
    for (const letter of letters) {
      const typed = code.slice(0, at) + letter + code.slice(at + 1);
      if (typed !== code && readCode(typed).state === 'good') unnoticed.push(typed);
    }
  }
  // The check counts in 31: only 0 for Z and Z for 0 look alike to it.
  expect(
    unnoticed.filter(
      (typed) => ![...typed].some((letter, at) => letter !== code[at] && 'Z0'.includes(letter)),
    ),
  ).toEqual([]);
});

test('two_neighbours_exchanged_are_told', () => {
  const swapped = `7K${code.slice(2)}`;
  expect(readCode(swapped).state).toBe('slip');
});

test('what_is_missing_or_foreign_is_named', () => {
  expect(readCode('K7Q4')).toEqual({ state: 'short', count: 4 });
  expect(readCode(`${code}0`).state).toBe('long');
  expect(readCode('K7Q4U').state).toBe('foreign');
});

test('it_reads_as_the_specification_does', () => {
  const path = new URL('../../../../spec/vectors/codes.json', import.meta.url);
  const { good } = JSON.parse(readFileSync(path, 'utf8')) as {
    good: { code: string; shown: string; typed: string[] }[];
  };
  expect(good.length).toBeGreaterThan(0);
  for (const { code: whole, shown, typed } of good) {
    expect(grouped(whole)).toBe(shown);
    for (const text of typed) expect(readCode(text)).toEqual({ state: 'good', code: whole });
  }
});
