/** @file A link as a QR code: dark squares as one SVG path, in units of one square. */
import encodeQR from 'qr';

export interface Code {
  size: number;
  path: string;
}

export function qr(text: string): Code {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 1 });
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size: rows.length, path: dark.join('') };
}
