/** @file One's own room: notes to oneself. */
import type { Note, Page, Seen } from '../../records/contract';
import type { Said } from '../../text/text';
import { whenOpened } from '../open/state';

export const pageSize = 20;
/** Bytes of UTF-8 that a note may have. */
export const mostBytes = 60_000;

export interface NoteRow {
  id: string;
  head: string;
  when: Said;
  pending: boolean;
}

export function noteRow(note: Note, now: number): NoteRow {
  return { id: note.id, head: firstLine(note.text), when: whenOpened(note.at, now), pending: note.pending };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

/** As many pages as are shown, from the newest on: what changed inside them is seen too. */
export async function notesOf(room: Seen['room'], pages: number): Promise<Page<Note>> {
  const shown: Page<Note> = { items: [], more: true };
  let before: number | null = null;
  for (let page = 0; page < pages && shown.more; page += 1) {
    const next: Page<Note> = await room(before, pageSize);
    shown.items.push(...next.items);
    // What is not acknowledged stands in front, on the first page only, and has no place to turn from.
    before = next.items.at(-1)?.seq ?? null;
    shown.more = next.more && before !== null;
  }
  return shown;
}
