/**
 * @file Two phones on a home network, as `seen serve --lan` serves them: Chromium in a network of its own reaches the
 * server over a cable, trusts the authority as a phone does (here by the browser's own certificate store), and lives.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { look, openBrowser, openPhone } from './browser.mjs';
import { openHomeNetwork } from './home_network.mjs';
import { openHouse } from './house.mjs';
import { beginAlone, fourWords, invite, saysWhoRuns, tap, title } from './person.mjs';

const binary = process.env.SEEN_BINARY ?? new URL('../../build/release/seen', import.meta.url).pathname;
const network = openHomeNetwork();
const app = `https://${network.address}:7777`;
const page = `http://${network.address}:7778`;

let folder, authority, server, trusting, doubting;
let said = '';

/** A browser in the phones' network, with a home of its own and so with a certificate store of its own. */
async function openBrowserAt(home) {
  const start = join(home, 'browser');
  const command = [...network.phones, process.env.SEEN_CHROMIUM ?? '/usr/bin/chromium'].join(' ');
  await writeFile(start, `#!/bin/sh\nexec ${command} "$@"\n`);
  await chmod(start, 0o700);
  return chromium.launch({
    executablePath: start,
    env: { ...process.env, HOME: home },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-sync',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
}

async function homeOf(name, trusted) {
  const home = join(folder, name);
  const store = join(home, '.pki', 'nssdb');
  await mkdir(store, { recursive: true });
  const certutil = (...args) => execFileSync('certutil', ['-d', `sql:${store}`, ...args]);
  certutil('-N', '--empty-password');
  if (trusted) certutil('-A', '-t', 'C,,', '-n', 'seen', '-i', trusted);
  return home;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seen-lan-'));
  const data = join(folder, 'data');
  authority = join(data, 'lan', 'seen-authority.crt');
  // In a network of its own the server finds its address by itself; on loopback it has to be told.
  const listen = network.real ? [] : ['--listen', `${network.address}:7777`];
  const [command, ...args] = [...network.house, binary, 'serve', '--lan', '--data', data, ...listen];
  server = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (said += chunk));
  for (let i = 0; i < 200 && !/fingerprint/.test(said); i++) {
    assert.equal(server.exitCode, null, `seen ended at once: ${said}`);
    await wait(25);
  }
  trusting = await openBrowserAt(await homeOf('trusting', authority));
  doubting = await openBrowserAt(await homeOf('doubting', null));
});

after(async () => {
  await Promise.all([trusting?.close(), doubting?.close()]);
  server?.kill('SIGTERM');
  network.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('the network is a real one, or it is said why not', (t) => {
  if (network.real) return t.diagnostic('two network namespaces and a cable between them');
  t.diagnostic(`no namespaces here (${network.why}); the loopback address ${network.address} stands in`);
  assert.ok(network.why.length > 0);
});

test('the address stands in the first three lines, with a code to scan and the steps for both kinds of phones', () => {
  assert.ok(said.split('\n').slice(0, 3).join('\n').includes(app), said);
  assert.ok(said.includes(page));
  assert.match(said, /[█▀▄]{20}/);
  assert.match(said, /iPhone[\s\S]*Certificate Trust Settings[\s\S]*Android[\s\S]*CA certificate/);
});

test('over plain http the honest page comes, with the certificate and the way to the app', async () => {
  const { context, page: tab } = await openPhone(doubting, page);
  await tab.goto(page);
  await title(tab, /learns whom to trust/);
  assert.equal(await tab.evaluate(() => window.isSecureContext), !network.real);
  assert.equal(await tab.getByRole('link', { name: 'Open Seen' }).getAttribute('href'), `${app}/`);
  assert.ok((await tab.getByRole('main').innerText()).includes(said.trim().split('\n').at(-1).trim()));
  const loading = tab.waitForEvent('download');
  await tap(tab, 'Download the certificate');
  const certificate = await readFile(await (await loading).path());
  assert.deepEqual(certificate, new X509Certificate(await readFile(authority)).raw);
  assert.deepEqual(await look(tab, '50-first-page'), []);
  await context.close();
  const night = await openPhone(doubting, page, { colorScheme: 'dark' });
  await night.page.goto(page);
  assert.deepEqual(await look(night.page, '50-first-page-night'), []);
  await night.context.close();
});

test('a phone that does not trust the authority is not let in', async () => {
  const { context, page: tab } = await openPhone(doubting, app);
  await assert.rejects(tab.goto(app), /ERR_CERT_AUTHORITY_INVALID/);
  await context.close();
});

test('two phones that trust it begin, meet, and have the app without a connection', async () => {
  const ines = await openPhone(trusting, app);
  await beginAlone(ines.page, app, 'Ines');
  assert.equal(await ines.page.evaluate(() => window.isSecureContext), true);
  const scope = await ines.page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  assert.equal(scope, `${app}/`);
  assert.equal(await ines.page.evaluate(() => typeof crypto.subtle), 'object');
  await tap(ines.page, 'Later');

  const link = await invite(ines.page);
  assert.ok(link.startsWith(`${app}/#join=`), link);
  const tomas = await openPhone(trusting, app);
  await tomas.page.goto(link);
  await tomas.page.getByRole('textbox').first().fill('Tomas');
  await tap(tomas.page, 'Go on');
  await saysWhoRuns(tomas.page, 'Someone else, or a service');
  assert.deepEqual(await fourWords(ines.page), await fourWords(tomas.page));

  await ines.context.setOffline(true);
  await ines.page.reload();
  await ines.page.getByRole('heading', { level: 1 }).first().waitFor();
  assert.deepEqual([...ines.trouble, ...tomas.trouble], []);
  await Promise.all([ines.context.close(), tomas.context.close()]);
});

test('below a path of a host one begins, invites, and has the app without a connection', async () => {
  const host = `127.0.0.1:${20000 + (process.pid % 20000)}`;
  const below = `http://${host}/seen`;
  const house = await openHouse({ listen: host, options: ['--public-url', below] });
  const browser = await openBrowser();
  try {
    const { page: tab, context, trouble } = await openPhone(browser, below);
    await beginAlone(tab, `${below}/`, 'Ines');
    await tap(tab, 'Later');
    const scope = await tab.evaluate(async () => (await navigator.serviceWorker.ready).scope);
    assert.equal(scope, `${below}/`);
    assert.match(await invite(tab), new RegExp(`^${below}/#join=`));
    await context.setOffline(true);
    await tab.reload();
    await tab.getByRole('heading', { level: 1 }).first().waitFor();
    assert.deepEqual(trouble, []);
    assert.equal((await fetch(`http://${host}/`)).status, 404);
  } finally {
    await browser.close();
    await house.remove();
  }
});

test('the app on plain http from another machine says plainly that it does not open there', async (t) => {
  if (!network.real) return t.diagnostic('on loopback every page counts as protected; nothing to see here');
  const data = await mkdtemp(join(tmpdir(), 'seen-plain-'));
  const at = `${network.address}:7790`;
  const [command, ...args] = [...network.house, binary, 'serve', '--listen', at, '--data', data];
  const plain = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    await once(plain.stdout, 'data');
    const { page: tab, context, trouble } = await openPhone(doubting, `http://${at}`);
    await tab.goto(`http://${at}/`);
    await title(tab, 'This page came unprotected');
    assert.equal(await tab.evaluate(() => window.isSecureContext), false);
    assert.equal(await tab.getByRole('link', { name: 'Begin alone' }).count(), 0);
    assert.deepEqual(await look(tab, '51-unprotected'), []);
    assert.deepEqual(trouble, []);
    await context.close();
  } finally {
    plain.kill('SIGTERM');
    await rm(data, { recursive: true, force: true });
  }
});
