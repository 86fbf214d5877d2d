/**
 * @file Visits every screen over the records in memory, in a built app under the real content policy: at phone size
 * by day and by night, with text at 200 %, in forced colours and wide. Runs axe, looks for sideways scrolling, small targets and more
 * or fewer than one h1, and writes pictures to build/screens. `node tests/face/screens.mjs [name…]` takes some;
 * SEEN_SIZES=paper,forced takes some sizes.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { serve } from './serve.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const pictures = here('../../../build/screens');

const screens = [
  ['welcome', 'none', '#/welcome'],
  ['begin', 'none', '#/begin'],
  ['restore', 'none', '#/restore'],
  ['invited', 'none', '#/invited'],
  ['invited-device', 'none', '#/invited/device'],
  ['newcomer', 'none', '#join=c0ffeeC0FFEEc0ffeeC0FF'],
  ['new-device', 'none', '#device=c0ffeeC0FFEEc0ffeeC0FF'],
  ['device-taken', 'theirs', '#device=c0ffeeC0FFEEc0ffeeC0FF'],
  ['whose', 'installed', '#/invite'],
  ['words', 'alone', '#/words'],
  ['check', 'alone', '#/check'],
  ['today-alone', 'alone', '#/today'],
  ['today-unnamed', 'unnamed', '#/today'],
  ['today-nothing', 'nothing', '#/today'],
  ['today-mine', 'mine', '#/today'],
  ['today-theirs', 'theirs', '#/today'],
  ['today-receive', 'receive', '#/today'],
  ['today-offline', 'offline', '#/today'],
  ['today-long-name', 'long', '#/today'],
  ['invite', 'invite', '#/invite'],
  ['invite-device', 'theirs', '#/invite/device'],
  ['compare-device', 'device-compare', '#/invite/device'],
  ['over-device', 'device-over', '#/join'],
  ['compare', 'compare', '#/invite'],
  ['waiting', 'waiting', '#/invite'],
  ['joined', 'joined', '#/invite'],
  ['expired', 'expired', '#/invite'],
  ['tampered', 'tampered', '#/join'],
  ['write', 'theirs', '#/write'],
  ['see', 'nothing', '#/see'],
  ['sealed', 'mine', '#/sealed'],
  ['mine', 'mine', '#/mine'],
  ['open', 'receive', '#/open/2'],
  ['open-answered', 'answered', '#/open/1'],
  ['answer', 'receive', '#/answer/2'],
  ['between', 'receive', '#/between'],
  ['between-alone', 'alone', '#/between'],
  ['between-none', 'nothing', '#/between'],
  ['room', 'theirs', '#/room'],
  ['note', 'theirs', '#/note/n0'],
  ['line', 'alone', '#/line'],
  ['guide', 'theirs', '#/guide'],
  ['name', 'theirs', '#/name'],
  ['light', 'theirs', '#/light'],
  ['privacy', 'theirs', '#/privacy'],
  ['operator', 'theirs', '#/operator'],
  ['guide-alone', 'alone', '#/guide'],
  ['devices', 'devices', '#/devices'],
  ['devices-one', 'alone', '#/devices'],
  ['device', 'devices', '#/device/d1'],
  ['device-here', 'devices', '#/device/d0'],
  ['device-none', 'devices', '#/device/x'],
  ['remove', 'devices', '#/remove/d1'],
  ['agreement', 'nothing', '#/agreement'],
  ['agreement-holds', 'agreed', '#/agreement'],
  ['see-agreed', 'agreed', '#/see'],
  ['today-lapsed', 'lapsed', '#/today'],
  ['lapsed', 'lapsed', '#/sealed'],
  ['today-they-left', 'they-left', '#/today'],
  ['today-i-left', 'i-left', '#/today'],
  ['today-warned', 'warned', '#/today'],
  ['leave', 'theirs', '#/leave'],
  ['leave-away', 'they-left', '#/leave'],
  ['delete', 'theirs', '#/delete'],
  ['lock-set', 'alone', '#/lock'],
  ['lock', 'pin', '#/lock'],
  ['lock-change', 'pin', '#/lock/change'],
  ['lock-remove', 'pin', '#/lock/remove'],
  ['locked', 'locked', '#/today'],
];

const sizes = [
  { name: 'paper', width: 390, height: 844, colorScheme: 'light', axe: true },
  { name: 'night', width: 390, height: 844, colorScheme: 'dark', axe: true },
  { name: 'large', width: 390, height: 844, colorScheme: 'light', query: '&large' },
  { name: 'small', width: 360, height: 640, colorScheme: 'light' },
  { name: 'forced', width: 390, height: 844, colorScheme: 'dark', forcedColors: 'active' },
  { name: 'wide', width: 1280, height: 800, colorScheme: 'light', axe: true },
];

/** What no screen may do, measured in the page. */
function faults() {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth)
    found.push(`scrolls sideways: ${document.documentElement.scrollWidth}`);
  const titles = document.querySelectorAll('h1').length;
  if (titles !== 1) found.push(`${titles} h1`);
  if (document.title !== 'Pages') found.push(`title ${document.title}`);
  for (const control of document.querySelectorAll(
    'a, button, input:not([type=radio],[type=checkbox]), label:has(input)',
  )) {
    const box = control.getBoundingClientRect();
    if (box.height > 0 && box.height < 43.5)
      found.push(`target ${Math.round(box.height)} high: ${control.textContent.trim()}`);
    if (box.width > 0 && (box.left < -1 || box.right > innerWidth + 1))
      found.push(`cut off: ${control.textContent.trim()}`);
  }
  return found;
}

async function visit(browser, address, size, [name, scenario, fragment], problems) {
  const { width, height, colorScheme } = size;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
    forcedColors: size.forcedColors ?? 'none',
    deviceScaleFactor: 2,
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  const tell = (what) => {
    problems.push(what);
    console.log(`${name} ${size.name}: ${what}`);
  };
  page.on('pageerror', (error) => tell(error.message));
  page.on('console', (message) => message.type() === 'error' && tell(message.text()));
  await page.goto(
    `${address}/face.html?scenario=${scenario}${size.query ?? ''}${['write', 'see', 'see-agreed'].includes(name) ? '&draft' : ''}${fragment}`,
  );
  await page.waitForSelector('h1', { state: 'attached' });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(350);
  for (const fault of await page.evaluate(faults)) tell(fault);
  await page.screenshot({ path: `${pictures}/${name}-${size.name}.png`, fullPage: size.name === 'large' });
  if (size.axe) {
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const violation of violations) {
      tell(`${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`);
    }
  }
  await context.close();
}

const wanted = process.argv.slice(2);
const only = process.env.SEEN_SIZES?.split(',');
await build({ configFile: here('./vite.config.ts'), logLevel: 'error' });
await mkdir(pictures, { recursive: true });
const { address, stop } = await serve(here('../../../build/face'));
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const problems = [];
for (const screen of screens.filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
  for (const size of sizes.filter(({ name }) => !only || only.includes(name)))
    await visit(browser, address, size, screen, problems);
}
await browser.close();
await stop();
console.log(`${wanted.length || screens.length} screens, ${sizes.length} sizes, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
