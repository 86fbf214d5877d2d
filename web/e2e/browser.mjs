/** @file Headless Chromium, two phones in it, and what is asked of every screen. */
import { mkdir } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

export const pictures = new URL('../../build/screens/', import.meta.url).pathname;

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.SEEN_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A phone of its own: nothing is shared with another one. Collects what must not happen. */
export async function openPhone(browser, origin, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const trouble = [];
  page.on('pageerror', (error) => trouble.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) trouble.push(message.text());
  });
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url))
      trouble.push(`request to another origin: ${url}`);
  });
  return { context, page, trouble };
}

/** Once motion has ended: accessibility by axe and a picture, kept as build output to lay beside the reference. */
export async function look(page, name, { without = [] } = {}) {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((motion) => Number.isFinite(motion.effect?.getComputedTiming().endTime))
        .map((motion) => motion.finished.catch(() => null)),
    ),
  );
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}${name}.png` });
  const axe = without.reduce((all, part) => all.exclude(part), new AxeBuilder({ page }));
  const { violations } = await axe
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(
    (v) => `${name}: ${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(' ')).join('; ')})`,
  );
}
