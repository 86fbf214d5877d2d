import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { known, t } from './text';

const source = join(import.meta.dirname, '..');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.test.ts') && !path.endsWith('.d.ts'))
  .filter((path) => /^(ui|screens|demo|text|[A-Za-z.]+$)/.test(path));
const code = files.map((path) => readFileSync(join(source, path), 'utf8')).join('\n');
const texts = JSON.parse(readFileSync(join(source, 'text/en.json'), 'utf8')) as Record<
  string,
  { text: string; context: string }
>;
const keys = Object.keys(texts);

/** Keys that are put together from parts, with every part that may stand there. */
const composed = [
  ...['morning', 'afternoon', 'evening', 'night'].map((part) => `open.${part}`),
  ...['meeting', 'waiting', 'joined'].flatMap((step) => [`join.${step}`, `join.${step}_unnamed`]),
  ...['me', 'them'].flatMap((by) => [`open.thanks_by_${by}`, `open.words_by_${by}`]),
  ...['ines', 'tomas'].map((who) => `demo.${who}`),
  ...['list_silent', 'list_hidden', 'fork', 'rolled_back'].map((warning) => `warning.${warning}`),
  ...['they_left', 'i_left'].flatMap((who) => [`today.${who}.title`, `today.${who}.text`]),
  ...['person', 'device'].map((kind) => `entry.other_${kind}`),
  ...['me', 'partner', 'other', 'unknown'].map((who) => `whose.${who}`),
  ...['me', 'other', 'unknown'].map((who) => `whose.${who}_said`),
  ...['invite', 'device'].flatMap((what) => [`${what}.until_today`, `${what}.until_tomorrow`]),
  ...['set', 'change', 'remove'].flatMap((what) => [`lock.${what}_title`, `lock.${what}_go`]),
  ...['pin', 'passphrase'].flatMap((kind) =>
    ['', 'new_', 'hint_', 'current_', 'small_'].map((part) => `lock.${part}${kind}`),
  ),
  'lock.small_none',
];

const codes = readFileSync(join(source, 'records/contract.ts'), 'utf8')
  .split('SeenErrorCode =')[1]
  ?.split(';')[0]
  ?.match(/'(\w+)'/g)
  ?.map((code) => code.slice(1, -1));

test('every_key_that_is_said_exists', () => {
  const said = [...code.matchAll(/\bt\(\s*'([^']+)'/g), ...code.matchAll(/key: '([^']+)'/g)].map(
    (match) => match[1] ?? '',
  );
  expect(said.length).toBeGreaterThan(100);
  expect(said.filter((key) => !known(key))).toEqual([]);
});

test('every_text_is_said_somewhere', () => {
  const unused = keys.filter(
    (key) => !code.includes(`'${key}'`) && !composed.includes(key) && !key.startsWith('error.'),
  );
  expect(unused).toEqual([]);
});

test('every_failure_has_its_sentence_and_no_sentence_is_without_a_failure', () => {
  expect(keys.filter((key) => key.startsWith('error.')).sort()).toEqual(
    codes?.map((code) => `error.${code}`).sort(),
  );
});

test('nothing_shouts_scolds_or_praises', () => {
  const loud = /!|\bshould\b|\bgreat\b|\boops\b|\bjust\b|\bstreak|\bplease\b/i;
  expect(Object.entries(texts).filter(([, { text }]) => loud.test(text))).toEqual([]);
});

test('quotes_and_apostrophes_are_curly', () => {
  expect(Object.entries(texts).filter(([, { text }]) => /['"]/.test(text))).toEqual([]);
});

test('every_text_says_where_it_stands', () => {
  expect(Object.entries(texts).filter(([, { context }]) => context.length < 4)).toEqual([]);
});

test('someone_without_a_name_begins_a_sentence_with_a_capital', () => {
  const name = t('someone');
  expect(t('today.theirs.title', { name })).toBe('Your partner has sealed a true thing');
  expect(t('write.title', { name })).toBe('One true thing, for your partner');
});

test('every_place_in_a_text_is_filled', () => {
  expect(t('today.theirs.title', { name: 'Tomas' })).toBe('Tomas has sealed a true thing');
  expect(t('today.theirs.title')).toBe('{name} has sealed a true thing');
});
