/**
 * @file Sizes say nothing: what is sealed fills 1, 4 or 16 KiB, and beyond that a Padmé length (at most 12 % more).
 * A held record fills at least 4 KiB.
 */
import type { Bytes } from './bytes';

export type RecordClass = 'durable' | 'held' | 'brief';

const classes = [1024, 4096, 16384] as const;
const heldLeast = 4096;

/** Lengths are below 2^31 here: a record is at most 160 KiB. */
export function padme(length: number): number {
  const e = 31 - Math.clz32(length);
  const s = 32 - Math.clz32(e);
  const step = 2 ** (e - s);
  return Math.ceil(length / step) * step;
}

export function paddedSize(length: number, recordClass: RecordClass): number {
  const least = recordClass === 'held' ? Math.max(length, heldLeast) : length;
  return classes.find((size) => least <= size) ?? padme(least);
}

export function isSizeClass(length: number, recordClass: RecordClass): boolean {
  return length > 0 && paddedSize(length, recordClass) === length;
}

export function pad(content: Bytes, recordClass: RecordClass): Bytes {
  const padded = new Uint8Array(paddedSize(content.length, recordClass));
  padded.set(content);
  return padded;
}
