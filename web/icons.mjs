/** @file Draws the icons of the installed app from public/icon.svg. Run when the drawing changes: node icons.mjs */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const at = (name) => fileURLToPath(new URL(`public/${name}`, import.meta.url));
const svg = await readFile(at('icon.svg'), 'utf8');
const icons = [
  { name: 'icon-192.png', size: 192, drawing: svg },
  { name: 'icon-512.png', size: 512, drawing: svg },
  // The launcher cuts its own shape out of this one, so it fills the square.
  { name: 'icon-maskable.png', size: 512, drawing: svg.replace('rx="116"', 'rx="0"') },
];

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
for (const { name, size, drawing } of icons) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px}</style>${drawing}`);
  await page.screenshot({ path: at(name), omitBackground: true });
}
await browser.close();
