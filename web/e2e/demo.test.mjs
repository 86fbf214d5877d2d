/** @file `seen serve --demo`: a couple comes to life by itself, through the real records, and its clock can be turned. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { look, openBrowser, openPhone } from './browser.mjs';
import { openHouse } from './house.mjs';

let browser, house, desk;

before(async () => {
  house = await openHouse({ options: ['--demo'] });
  browser = await openBrowser();
  desk = await openPhone(browser, house.address, { viewport: { width: 1280, height: 960 } });
});

after(async () => {
  await browser?.close();
  await house?.remove();
});

test('a newcomer sees both phones, a week behind them, and something that waits', async () => {
  await desk.page.goto(`${house.address}/demo`);
  await desk.page.getByText('A week lies behind them.').waitFor({ timeout: 120_000 });
  const ines = desk.page.frameLocator('iframe').nth(0);
  const tomas = desk.page.frameLocator('iframe').nth(1);
  await ines.getByRole('heading', { level: 1, name: /Tomas has sealed\s+a true thing/ }).waitFor();
  await ines.getByRole('link', { name: 'Between us' }).click();
  const evenings = await ines.getByRole('main').getByRole('link').count();
  assert.ok(evenings >= 3, `only ${evenings} evenings in a week`);
  await tomas.getByRole('heading', { level: 1 }).first().waitFor();
  // The two phones are pages of their own, each looked at by itself elsewhere; beside each other their places have the same names.
  assert.deepEqual(await look(desk.page, '40-demo', { without: ['iframe'] }), []);
});

test('what a newcomer writes on one phone opens both', async () => {
  const ines = desk.page.frameLocator('iframe').nth(0);
  const tomas = desk.page.frameLocator('iframe').nth(1);
  await ines.getByRole('link', { name: 'Today' }).first().click();
  await ines
    .getByRole('button', { name: 'Write mine' })
    .or(ines.getByRole('link', { name: 'Write mine' }))
    .click();
  await ines
    .getByRole('textbox')
    .fill('When you asked how I was and then waited, I did not know where to look. I liked it.');
  await ines.getByRole('button', { name: 'See it as Tomas will' }).click();
  await ines.getByRole('button', { name: 'Seal it' }).click();
  await tomas
    .getByRole('link', { name: 'Read them' })
    .or(tomas.getByRole('button', { name: 'Read them' }))
    .click();
  for (const phone of [ines, tomas]) await phone.getByText('I did not know where to look').waitFor();
  await desk.page.waitForTimeout(4000);
  assert.deepEqual(await look(desk.page, '41-demo-open', { without: ['iframe'] }), []);
});

test('the clock goes on to the next evening on both phones', async () => {
  const clock = desk.page.getByRole('banner').or(desk.page.getByRole('main')).first();
  const earlier = await clock.innerText();
  await desk.page.getByRole('button', { name: 'Next evening' }).click();
  await desk.page.waitForFunction((text) => document.body.innerText !== text, earlier);
  const { now } = await (await fetch(`${house.address}/v1/about`)).json();
  assert.ok(now > Date.now() + 3_600_000, 'the server’s clock has not moved');
});

test('without --demo there is no such page and no such clock', async () => {
  const plain = await openHouse();
  try {
    assert.equal((await fetch(`${plain.address}/demo`)).status, 404);
    const moved = await fetch(`${plain.address}/v1/demo/clock`, {
      method: 'POST',
      body: '{"offset_ms":86400000}',
    });
    assert.equal(moved.status, 404);
    assert.equal((await (await fetch(`${plain.address}/v1/about`)).json()).demo, false);
  } finally {
    await plain.remove();
  }
});

test('the demo page broke no policy and asked nobody else for anything', () => {
  assert.deepEqual(desk.trouble, []);
});
