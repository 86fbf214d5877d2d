#!/usr/bin/env node
/**
 * Makes the archive of the web app that goes into the `seen` binary:  node tools/make_archive.mjs <dist folder> <archive>
 *
 * Layout (read by server/src/assets/asset_archive.cpp):
 *   "SEENARC1" ‖ length of the index (4 bytes, big-endian) ‖ index (JSON array) ‖ bytes
 * Each entry: {path, mime, etag (SHA-256 in hex), offset, size, gzip_offset?, gzip_size?, immutable}; offsets count from
 * the first byte after the index. The same folder always gives the same bytes.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const mimes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const already_small = new Set(['.png', '.jpg', '.webp', '.woff2']);
const smallest_worth_packing = 256;

function filesIn(folder, prefix = '') {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesIn(join(folder, entry.name), `${prefix}/${entry.name}`)
        : [{ path: `${prefix}/${entry.name}`, file: join(folder, entry.name) }],
    );
}

function makeArchive(folder) {
  const pieces = [];
  let offset = 0;
  const add = (bytes) => {
    pieces.push(bytes);
    offset += bytes.length;
    return offset - bytes.length;
  };
  const index = filesIn(folder).map(({ path, file }) => {
    const bytes = readFileSync(file);
    const extension = extname(path);
    const entry = {
      path,
      mime: mimes[extension] ?? 'application/octet-stream',
      etag: createHash('sha256').update(bytes).digest('hex'),
      offset: add(bytes),
      size: bytes.length,
      immutable: path.startsWith('/assets/'),
    };
    if (!already_small.has(extension) && bytes.length >= smallest_worth_packing) {
      const packed = gzipSync(bytes, { level: 9 });
      if (packed.length < bytes.length) {
        entry.gzip_offset = add(packed);
        entry.gzip_size = packed.length;
      }
    }
    return entry;
  });
  const text = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return { bytes: Buffer.concat([Buffer.from('SEENARC1'), length, text, ...pieces]), count: index.length };
}

const [folder, archive] = process.argv.slice(2);
if (!folder || !archive) {
  console.error('usage: make_archive.mjs <dist folder> <archive>');
  process.exit(2);
}
const { bytes, count } = makeArchive(folder);
writeFileSync(archive, bytes);
console.log(`${archive}: ${count} files, ${bytes.length} bytes`);
