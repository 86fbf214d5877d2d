/** @file Looks for words in bytes, in every shape that a careless program might have left them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The word as UTF-8, UTF-16, hex and base64 (three alignments, both alphabets). */
export function shapes(word) {
  const plain = Buffer.from(word, 'utf8');
  const found = [
    plain,
    Buffer.from(word, 'utf16le'),
    Buffer.from(plain.toString('hex')),
    Buffer.from(plain.toString('hex').toUpperCase()),
  ];
  for (const shift of [0, 1, 2]) {
    const base64 = Buffer.concat([Buffer.alloc(shift), plain])
      .toString('base64')
      .replaceAll('=', '');
    // The first and last characters mix with the neighbours; what lies between belongs to the word alone.
    const sure = base64.slice(shift === 0 ? 0 : shift + 1, -2);
    found.push(Buffer.from(sure), Buffer.from(sure.replaceAll('+', '-').replaceAll('/', '_')));
  }
  return found;
}

/** Names of the words that occur in `bytes`. */
export function hits(bytes, words) {
  return words.filter((word) => shapes(word).some((shape) => bytes.includes(shape)));
}

/** Every file below a folder, in one buffer. */
export async function folderBytes(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  if (files.length === 0) throw new Error(`no files in ${folder}: the search would prove nothing`);
  return Buffer.concat(
    await Promise.all(files.map((entry) => readFile(join(entry.parentPath ?? entry.path, entry.name)))),
  );
}
