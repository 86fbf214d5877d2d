/** @file Gzipped script that the main thread loads until the welcome can be used, and what comes after it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = process.argv[2] ?? 'web/dist';
const page = readFileSync(join(dist, 'index.html'), 'utf8');
const entry = [...page.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.(?:js|css))"/g)].map((m) => m[1]);
if (entry.length === 0) throw new Error(`${dist}/index.html names no script`);

const weigh = (name) => gzipSync(readFileSync(join(dist, name)), { level: 9 }).length / 1024;
const all = readdirSync(join(dist, 'assets')).map((name) => `assets/${name}`);
const row = (name, kib) => console.log(`${name.padEnd(44)} ${kib.toFixed(1).padStart(8)} KiB gzip`);

let first = 0;
for (const name of entry) {
  row(name, weigh(name));
  if (name.endsWith('.js')) first += weigh(name);
}
row('main-thread script until the welcome', first);
for (const name of all.filter((n) => !entry.includes(n) && /\.(js|wasm|woff2)$/.test(n))) row(`later: ${name}`, weigh(name));
if (first > 150) {
  console.error('more than the 150 KiB that a slow phone should have to load');
  process.exit(1);
}
