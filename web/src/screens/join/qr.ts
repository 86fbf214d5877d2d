/** @file A link as a QR code: dark squares as one SVG path, in units of one square. */
import QRCode from 'qrcode';

export interface Code {
  size: number;
  path: string;
}

export function qr(text: string): Code {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const squares: string[] = [];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (data[y * size + x]) squares.push(`M${x} ${y}h1v1h-1z`);
    }
  }
  return { size, path: squares.join('') };
}
