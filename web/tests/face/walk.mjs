/**
 * @file Walks with the keyboard alone, over the records in memory: Tab, Enter, Space, the arrows and letters. Pairing,
 * a further device, and the lock; and where the focus is after each step. `node --test tests/face/walk.mjs`
 */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import encodeQR from 'qr';
import { build } from 'vite';
import { serve } from './serve.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const code = 'k7q4m9-2xabcd-efghj';
let browser, house;

before(async () => {
  await build({ configFile: here('./vite.config.ts'), logLevel: 'error' });
  house = await serve(here('../../../build/face'));
  browser = await chromium.launch({
    executablePath: process.env.SEEN_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
});
after(async () => {
  await browser?.close();
  await house?.stop();
});

async function walk(scenario, fragment) {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  page.setDefaultTimeout(20_000);
  await page.goto(`${house.address}/face.html?scenario=${scenario}${fragment}`);
  await page.waitForSelector('h1', { state: 'attached' });
  return page;
}

/** What has the focus, as it is named. */
const focused = (page) =>
  page.evaluate(() => {
    const now = document.activeElement;
    const label = now?.getAttribute('aria-label') ?? now?.labels?.[0]?.textContent ?? now?.textContent ?? '';
    return `${now?.tagName.toLowerCase()} ${label.trim().replace(/\s+/g, ' ')}`;
  });

/** Tab until something of that name has the focus; at most once round the page. */
async function tabTo(page, name) {
  const seen = [];
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (name.test(now)) return now;
    seen.push(now);
  }
  return assert.fail(`${name} is not reached by Tab: ${seen.join(' | ')}`);
}

async function press(page, name) {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** The title has the focus, as it has after every change of screen. */
async function arrived(page, title) {
  await page.waitForFunction(
    (wanted) =>
      document.activeElement?.tagName === 'H1' && document.activeElement.textContent.includes(wanted),
    title,
  );
}

/** The last character of a code, as the specification has it. */
function checked(typed) {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const sum = [...typed.toUpperCase().replaceAll('-', '')].reduce(
    (all, letter, at) => all + (at + 1) * letters.indexOf(letter),
    0,
  );
  return typed + letters[sum % 31];
}

test('somebody_is_joined_with_the_keyboard_alone', async () => {
  const page = await walk('none', '#/welcome');
  await press(page, /I was invited/);
  await arrived(page, 'Come in with a code or a link');
  await tabTo(page, /The code or the link/);
  await page.keyboard.type(code);
  await tabTo(page, /button Seventeen|button 17 of/);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('End');
  await page.keyboard.type(checked(code).at(-1));
  await page.keyboard.press('Enter');
  await arrived(page, 'Someone wants to share a room');
  await tabTo(page, /Your name/);
  await page.keyboard.type('Ines');
  await page.keyboard.press('Enter');
  await arrived(page, 'Who runs this server?');
  await tabTo(page, /I do/);
  await page.keyboard.press('ArrowDown');
  assert.match(await focused(page), /My partner/);
  await press(page, /button Go on/);
  await arrived(page, 'If your partner runs the server');
  await press(page, /button Go on/);
  await page.getByRole('list', { name: 'Four words' }).waitFor();
  await press(page, /Yes, the same four/);
  await page.getByText('It is done when').waitFor();
  await page.close();
});

test('a_mistyped_code_is_told_beside_the_field', async () => {
  const page = await walk('none', '#/invited');
  await tabTo(page, /The code or the link/);
  await page.keyboard.type(checked(code).replace('k7', '7k'));
  await page.getByText('Compare them with the other screen').waitFor();
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Come in with a code or a link');
  await page.close();
});

test('a_further_device_is_let_in_and_another_removed_with_the_keyboard_alone', async () => {
  const page = await walk('devices', '#/guide');
  await press(page, /^a My devices/);
  await arrived(page, 'My devices');
  await press(page, /Add a device/);
  await page.getByRole('img', { name: /A code to scan/ }).waitFor();
  await page.goBack();
  await arrived(page, 'My devices');
  await press(page, /The old tablet/);
  await arrived(page, 'The old tablet');
  await press(page, /Remove this device/);
  await arrived(page, 'Remove');
  await tabTo(page, /Your twelve words/);
  await page.keyboard.type(
    'lantern river oat velvet copper morning stone garden paper whisper island thread',
  );
  await press(page, /button Remove it/);
  await arrived(page, 'is removed');
  await page.close();
});

test('the_lock_is_set_and_opened_with_the_keyboard_alone', async () => {
  const page = await walk('alone', '#/lock');
  await tabTo(page, /PIN/);
  await page.keyboard.press('Space');
  await tabTo(page, /A new PIN/);
  await page.keyboard.type('2580');
  await tabTo(page, /The same once more/);
  await page.keyboard.type('2580');
  await page.keyboard.press('Enter');
  await arrived(page, 'A lock on this phone');
  await press(page, /Lock it now/);
  await arrived(page, 'Locked');
  await tabTo(page, /PIN/);
  await page.keyboard.type('1111');
  await page.keyboard.press('Enter');
  await page.getByText('That is not it. The next try waits for one second.').waitFor();
  await page.waitForTimeout(1100);
  await page.keyboard.type('2580');
  await page.keyboard.press('Enter');
  await arrived(page, 'A lock on this phone');
  await page.close();
});

test('the_locked_screen_shows_nothing_of_the_two_and_what_is_forgotten_is_asked_twice', async () => {
  const page = await walk('locked', '#/today');
  const text = await page.locator('body').innerText();
  for (const word of ['Ines', 'Tomas', 'Seen', 'Today']) assert.ok(!text.includes(word), word);
  await press(page, /I have forgotten it/);
  await press(page, /Remove everything here/);
  await press(page, /Yes, remove it all/);
  await arrived(page, 'Seen');
  await page.close();
});

/** A camera that sees a code: one picture of 640 by 480, as YUV 4:2:0. */
function filmOf(text) {
  const [width, height, scale] = [640, 480, 9];
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 2 });
  const light = Buffer.alloc(width * height, 235);
  rows.forEach((row, y) =>
    row.forEach((isDark, x) => {
      if (!isDark) return;
      for (let line = 0; line < scale; line += 1) {
        const from = (40 + y * scale + line) * width + 120 + x * scale;
        light.fill(16, from, from + scale);
      }
    }),
  );
  const grey = Buffer.alloc((width * height) / 2, 128);
  const head = `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from('FRAME\n'), light, grey]);
}

test('a_code_held_to_the_camera_is_read_after_a_tap_and_not_before', async () => {
  const film = join(tmpdir(), `seen-film-${process.pid}.y4m`);
  await writeFile(film, filmOf('https://seen.example/#join=c0ffeeC0FFEEc0ffeeC0FF'));
  const seeing = await chromium.launch({
    executablePath: process.env.SEEN_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  try {
    const page = await seeing.newPage();
    await page.goto(`${house.address}/face.html?scenario=none#/invited`);
    assert.equal(await page.locator('video').count(), 0);
    await page.getByRole('button', { name: 'Scan the code' }).click();
    await page.getByRole('heading', { name: 'Someone wants to share a room with you' }).waitFor();
  } finally {
    await seeing.close();
    await rm(film, { force: true });
  }
});

test('where_the_camera_is_not_allowed_the_code_is_typed', async () => {
  const page = await walk('none', '#/invited/device');
  await press(page, /Scan the code/);
  await page.getByText('The camera stays closed. Type the code instead').waitFor();
  await page.close();
});
