import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';
import { qr } from './qr';

test('what_is_drawn_reads_as_the_link', () => {
  const link = 'https://seen.example/#device=c0ffeeC0FFEEc0ffeeC0FF';
  const { size, path } = qr(link);
  const scale = 8;
  const wide = (size + 4) * scale;
  const data = new Uint8Array(wide * wide * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1/g)) {
    for (let at = 0; at < scale * scale; at += 1) {
      const row = (Number(y) + 2) * scale + Math.floor(at / scale);
      const column = (Number(x) + 2) * scale + (at % scale);
      data.fill(0, (row * wide + column) * 4, (row * wide + column) * 4 + 3);
    }
  }
  expect(decodeQR({ width: wide, height: wide, data })).toBe(link);
});
