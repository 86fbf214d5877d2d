/**
 * @file Two people in two browsers, from the first page to one true thing each, against the real binary. Every byte goes
 * through a relay; what was typed is searched in all that the server has kept, said and passed on.
 */
import assert from 'node:assert/strict';
import { after, before, test as part } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { look, pictures, openBrowser, openPhone } from './browser.mjs';
import { folderBytes, hits } from './canary.mjs';
import { openHouse } from './house.mjs';
import {
  agrees,
  beginAlone,
  fourWords,
  give,
  invite,
  keepLine,
  saysWhoRuns,
  tap,
  title,
  today,
  write,
} from './person.mjs';
import { openRelay } from './relay.mjs';

/** Words that occur nowhere else. Each is typed once in this run. */
const canary = {
  inesName: 'Zwineskel',
  tomasName: 'Tomaskvist',
  inesTruth: 'quiverfennel',
  tomasTruth: 'bramblelantz',
  takenBack: 'oatwhisper',
  offline: 'mossglimmer',
  answer: 'tenderquarl',
  note: 'hushvelvetine',
  tomasNote: 'cellardoorix',
};
const all = Object.values(canary);

let browser, house, relay, ines, tomas, inesAgain, inesWords, admin;
const freePort = 20000 + (process.pid % 20000);
const accessible = async (page, name) => assert.deepEqual(await look(page, name), []);

/** One part of the story. It goes on from the one before, so after a failure the rest ends at once, and says why. */
let failed = null;
function test(name, body) {
  part(name, async () => {
    if (failed) throw new Error(`not reached, because this failed: ${failed}`);
    try {
      await body();
    } catch (error) {
      failed = name;
      await Promise.all(
        [ines, tomas, inesAgain].map((phone, at) =>
          phone?.page.screenshot({ path: `${pictures}failed-${at}.png` }),
        ),
      );
      throw error;
    }
  });
}

before(async () => {
  admin = `127.0.0.1:${freePort}`;
  house = await openHouse({ options: ['--admin', admin] });
  relay = await openRelay(house.port);
  browser = await openBrowser();
  ines = await openPhone(browser, relay.address);
  tomas = await openPhone(browser, relay.address, { colorScheme: 'dark' });
});

after(async () => {
  await browser?.close();
  await relay?.close();
  await house?.remove();
});

test('someone alone has a room of their own within a minute, with nothing to register', async () => {
  await ines.page.goto(relay.address);
  await title(ines.page, 'Seen');
  await accessible(ines.page, '01-welcome');
  inesWords = await beginAlone(ines.page, relay.address, canary.inesName);
  assert.equal(inesWords.length, 12);
  await accessible(ines.page, '30-twelve-words');
  await tap(ines.page, 'Later');
  await title(ines.page, /This room is\s+yours, and whole/);
  await accessible(ines.page, '04-today-alone');
});

test('a line for oneself is kept, and is there after a reload', async () => {
  await keepLine(ines.page, `I felt ${canary.note} at lunch.`);
  await ines.page.reload();
  await ines.page.getByText(canary.note).waitFor();
  await accessible(ines.page, '31-my-room');
});

test('an invitation opens on another phone, both see the same four words, and are joined when both have said so', async () => {
  await today(ines.page);
  const link = await invite(ines.page);
  assert.match(link, /#join=[\w-]{22}$/);
  await accessible(ines.page, '02-joining-code');

  await tomas.page.goto(link);
  assert.ok(!tomas.page.url().includes(link.split('=')[1]), 'the secret stays in the address bar');
  await tomas.page
    .getByLabel('How do you want to be called?')
    .or(tomas.page.getByRole('textbox'))
    .first()
    .fill(canary.tomasName);
  await tap(tomas.page, 'Go on');
  await saysWhoRuns(tomas.page, 'Someone else, or a service');
  const [mine, theirs] = [await fourWords(ines.page), await fourWords(tomas.page)];
  assert.equal(mine.length, 4);
  assert.deepEqual(mine, theirs);
  await accessible(ines.page, '02-joining');
  await accessible(tomas.page, '02-joining-night');

  await tap(tomas.page, 'Yes, the same four');
  await tomas.page.getByText('It is done when').waitFor();
  await ines.page.reload();
  await tap(ines.page, 'Yes, the same four');
  for (const { page } of [ines, tomas]) {
    await title(page, 'You are joined');
    await tap(page, 'Go on');
    await agrees(page);
    await title(page, 'One true thing, from each of you');
  }
  await accessible(ines.page, '32-today-joined');

  const late = await openPhone(browser, relay.address);
  await late.page.goto(link);
  await late.page.getByRole('textbox').first().fill('Late');
  await tap(late.page, 'Go on');
  await saysWhoRuns(late.page);
  await late.page.getByText('This invitation has been used. Ask for a new one.').waitFor();
  await accessible(late.page, '33-invitation-used');
  await late.context.close();
});

test('a changed link says so and joins nobody', async () => {
  const stranger = await openPhone(browser, relay.address);
  await stranger.page.goto(`${relay.address}/#join=AAAAAAAAAAAAAAAAAAAAAA`);
  await stranger.page.getByRole('textbox').first().fill('Nobody');
  await tap(stranger.page, 'Go on');
  await saysWhoRuns(stranger.page);
  await title(stranger.page, 'This did not join you');
  await stranger.context.close();
});

test('a held one is not opened until the other has given theirs, and then both open on both phones without reloading', async () => {
  await write(ines.page, `I felt ${canary.inesTruth} when you laughed.`);
  await accessible(ines.page, '34-as-the-other-will-see-it');
  await tap(ines.page, 'Seal it');
  await title(ines.page, /It keeps until\s+there are two/);
  await wait(1200);
  await accessible(ines.page, '07-sealed');

  await title(tomas.page, /has sealed a true thing/);
  await accessible(tomas.page, '17-today-dark');
  assert.equal(await tomas.page.getByText(canary.inesTruth).count(), 0);

  await give(tomas.page, `I was afraid of ${canary.tomasTruth}.`);
  for (const { page } of [ines, tomas]) {
    await page.getByText(canary.inesTruth).waitFor();
    await page.getByText(canary.tomasTruth).waitFor();
  }
  await wait(3500);
  await accessible(ines.page, '08-opening');
  await accessible(tomas.page, '18-opening-dark');
});

test('thank you, and an answer in own words, arrive at the other', async () => {
  await tap(ines.page, 'Thank you for telling me');
  await tomas.page.getByText('says thank you for telling').waitFor();
  await tap(tomas.page, 'Answer in my own words');
  await tomas.page.getByRole('textbox').fill(`It was ${canary.answer} to hear.`);
  await tap(tomas.page, /^Give it to/);
  await ines.page.getByText(canary.answer).waitFor();
  await ines.page.getByRole('link', { name: /Back to Today/ }).click();
  await ines.page.getByRole('link', { name: 'Between us' }).click();
  await accessible(ines.page, '35-between-us');
});

test('one that waits can be taken back, and then the other is never shown it', async () => {
  await today(ines.page);
  await give(ines.page, `Perhaps ${canary.takenBack} after all.`);
  await tap(ines.page, 'Take it back');
  await title(ines.page, /One true thing, from each of you/);
  await tomas.page.goto(`${relay.address}/#/today`);
  await title(tomas.page, 'One true thing, from each of you');
  assert.equal(await tomas.page.getByText(canary.takenBack).count(), 0);
});

test('what is written while the net is gone is kept through a reload, and goes once when it is back', async () => {
  relay.cut();
  await write(ines.page, `Tonight ${canary.offline}.`);
  await ines.page.reload();
  await ines.page.getByText(canary.offline).waitFor();
  await tap(ines.page, 'Seal it');
  await title(ines.page, /It keeps until\s+there are two/);
  await ines.page
    .getByText('Kept here. It goes when there is a connection.')
    .or(ines.page.getByText(/things are kept here/))
    .first()
    .waitFor();
  await accessible(ines.page, '36-offline');
  await ines.page.reload();
  await title(ines.page, /It keeps until\s+there are two/);

  relay.cut(false);
  await title(tomas.page, /has sealed a true thing/);
  await give(tomas.page, 'And one from me.');
  await tomas.page.getByText(canary.offline).waitFor();
  assert.equal(await tomas.page.getByText(canary.offline).count(), 1);
});

test('the twelve words open the same history in another browser, and are wiped once they have been checked', async () => {
  await ines.page.goto(`${relay.address}/#/words`);
  await tap(ines.page, 'I have written them down');
  await ines.page.getByLabel('Your twelve words').fill(inesWords.toReversed().join(' '));
  await tap(ines.page, 'Check them');
  await ines.page.getByText('These are not the same twelve.').waitFor();
  await ines.page.getByLabel('Your twelve words').fill(inesWords.join(' '));
  await tap(ines.page, 'Check them');
  await title(ines.page, 'They match');
  await ines.page.goto(`${relay.address}/#/words`);
  await ines.page.getByText('this phone no longer has them').waitFor();

  inesAgain = await openPhone(browser, relay.address, { viewport: { width: 1280, height: 800 } });
  await inesAgain.page.goto(relay.address);
  await tap(inesAgain.page, 'I have my twelve words');
  await inesAgain.page.getByLabel('Your twelve words').fill(inesWords.join(' '));
  await tap(inesAgain.page, 'Open my room');
  await inesAgain.page.getByRole('link', { name: 'My room' }).click();
  await inesAgain.page.getByText(canary.note).waitFor();
  await inesAgain.page.getByRole('link', { name: 'Between us' }).click();
  await inesAgain.page.getByText(canary.inesTruth).waitFor();
  await inesAgain.page.getByText(canary.tomasTruth).waitFor();
  await accessible(inesAgain.page, '37-between-us-wide');
});

test('one’s own room stays one’s own', async () => {
  await tomas.page.goto(`${relay.address}/#/today`);
  await keepLine(tomas.page, `For me alone: ${canary.tomasNote}.`);
  await wait(500);
  for (const { page } of [ines, inesAgain]) {
    await page.goto(`${relay.address}/#/room`);
    assert.equal(await page.getByText(canary.tomasNote).count(), 0);
  }
});

test('nothing that was typed is found in database, log, metrics or traffic, and a planted word is', async () => {
  const metrics = await (await fetch(`http://${admin}/metrics`)).text();
  assert.match(metrics, /^seen_\w+/m);
  assert.deepEqual(hits(relay.heard(), all), [], 'traffic');
  assert.deepEqual(hits(await folderBytes(house.data), all), [], 'database');
  assert.deepEqual(hits(Buffer.from(house.log), all), [], 'log');
  assert.deepEqual(hits(Buffer.from(metrics), all), [], 'metrics');

  // The control: a word that is sent in the clear must be found, or the search proves nothing.
  const planted = 'plantedsparrowq';
  const lookup = Buffer.from(`${planted}x`).toString('base64url').slice(0, 22);
  await fetch(`${relay.address}/v1/invitations/${lookup}/claim`, {
    method: 'POST',
    body: JSON.stringify({ planted }),
  });
  assert.deepEqual(hits(relay.heard(), [planted]), [planted]);
  await ines.page.evaluate(
    (word) =>
      new Promise((done) => {
        const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/v1/follow`);
        socket.onopen = () => (
          socket.send(JSON.stringify({ token: `masked${word}` })),
          setTimeout(done, 300)
        );
        socket.onerror = done;
      }),
    planted,
  );
  assert.deepEqual(hits(relay.heard(), [`masked${planted}`]), [`masked${planted}`], 'a masked frame');
});

test('no page failed, broke its own policy, or asked another origin for anything', () => {
  assert.deepEqual(
    [ines, tomas, inesAgain].flatMap(({ trouble }) => trouble),
    [],
  );
});
