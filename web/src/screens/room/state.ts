/** @file One's own room: notes to oneself. */
import type { Note, Page } from '../../records/contract';
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

/** Looks for one note, asking for more and more of the newest until it is found or there are no more. */
export async function findNote(
  room: (limit: number) => Promise<Page<Note>>,
  id: string,
): Promise<Note | null> {
  for (let limit = pageSize; ; limit *= 4) {
    const { items, more } = await room(limit);
    const note = items.find((item) => item.id === id);
    if (note) return note;
    if (!more) return null;
  }
}
