#!/usr/bin/env node
/**
 * How long the app takes to open a life of 1,000, 10,000 and 50,000 records in Chromium, from nothing to the first
 * view: libsodium and the core start, the pages are read, opened and absorbed. The median of three openings, each in
 * a process of its own; memory is what that process holds in all, and beside it what an empty page holds.
 *     node web/bench/open_journal.mjs [records…]
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const web = new URL('..', import.meta.url).pathname;
const out = join(web, '../build/bench/open_journal');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

await build({
  root: web,
  configFile: false,
  logLevel: 'error',
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    rollupOptions: { input: join(web, 'bench/open_journal.html') },
  },
});

const server = createServer(async (asked, answer) => {
  const path = new URL(asked.url ?? '/', 'http://localhost').pathname;
  try {
    const body = path === '/empty.html' ? '' : await readFile(join(out, path));
    answer.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
  } catch {
    answer.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.SEEN_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});

/** Of the page's process: MB that it holds, and ms of processor that it has used. */
async function resident() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pages = processInfo.filter(({ type }) => type === 'renderer');
  const held = await Promise.all(
    pages.map(async ({ id, cpuTime }) => {
      const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
      return { memory: Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024, cpu: cpuTime * 1000 };
    }),
  );
  return held.reduce((most, one) => (one.memory > most.memory ? one : most), { memory: 0, cpu: 0 });
}

async function opening(context) {
  const page = await context.newPage();
  await page.goto(`${origin}/bench/open_journal.html`);
  const before = await resident();
  const { ms, notes } = await page.evaluate(() => globalThis.bench.open());
  if (notes !== 50) throw new Error(`the first view has ${notes} notes`);
  const { memory, cpu } = await resident();
  await page.close();
  return { ms, memory, cpu: cpu - before.cpu };
}

async function measure(count) {
  const context = await browser.newContext();
  const filling = await context.newPage();
  await filling.goto(`${origin}/bench/open_journal.html`);
  await filling.evaluate((records) => globalThis.bench.fill(records), count);
  await filling.close();
  const runs = [];
  for (let run = 0; run < 3; run += 1) runs.push(await opening(context));
  await context.close();
  runs.sort((one, other) => one.ms - other.ms);
  return { ms: runs[1].ms, cpu: runs[1].cpu, memory: Math.max(...runs.map(({ memory }) => memory)) };
}

const asked = process.argv.slice(2).map(Number);
const counts = asked.length > 0 ? asked : [1_000, 10_000, 50_000];
try {
  const bare = await browser.newPage();
  await bare.goto(`${origin}/empty.html`);
  const { memory: empty } = await resident();
  await bare.close();
  console.log(
    '| records at rest | open to first view, ms | ms of processor | memory of the page, MB | of an empty page, MB |',
  );
  console.log('|---|---|---|---|---|');
  for (const count of counts) {
    const { ms, cpu, memory } = await measure(count);
    console.log(
      `| ${count} | ${ms.toFixed(0)} | ${cpu.toFixed(0)} | ${memory.toFixed(0)} | ${empty.toFixed(0)} |`,
    );
  }
} finally {
  await browser.close();
  server.close();
}
