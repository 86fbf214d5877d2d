/**
 * @file Codes read from the camera: by the browser's own reader where it has one, otherwise by ours, which is fetched
 * only then. No picture is kept or leaves the device.
 */

/** The text of a code in the picture; null while there is none. */
export type Reader = (picture: HTMLVideoElement) => Promise<string | null>;

interface OwnReader {
  detect(picture: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface OwnReaders {
  new (options: { formats: string[] }): OwnReader;
  getSupportedFormats(): Promise<string[]>;
}

/** Wider pictures are made smaller first, px: a code held to a camera fills much of it. */
const widest = 640;

export function hasCamera(): boolean {
  return 'mediaDevices' in navigator && 'getUserMedia' in navigator.mediaDevices;
}

/** Rejects when the camera is not allowed, or there is none. */
export function openCamera(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
}

export async function openReader(): Promise<Reader> {
  const Own = (globalThis as { BarcodeDetector?: OwnReaders }).BarcodeDetector;
  if (Own && (await Own.getSupportedFormats()).includes('qr_code')) {
    const own = new Own({ formats: ['qr_code'] });
    return async (picture) => (await own.detect(picture))[0]?.rawValue ?? null;
  }
  return ourReader();
}

async function ourReader(): Promise<Reader> {
  const { decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const page = canvas.getContext('2d', { willReadFrequently: true });
  return async (picture) => {
    if (!page || picture.videoWidth === 0) return null;
    const scale = Math.min(1, widest / picture.videoWidth);
    canvas.width = Math.round(picture.videoWidth * scale);
    canvas.height = Math.round(picture.videoHeight * scale);
    page.drawImage(picture, 0, 0, canvas.width, canvas.height);
    try {
      return decodeQR(page.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      return null; // no code in this picture
    }
  };
}
