/** @file What is said about the connection. Numbers are words; nothing is said while all is well. */
import type { Said } from '../text/text';
import { capitalised, inWords } from './count';

export interface Link {
  connection: 'online' | 'offline' | 'connecting';
  unsent: number;
  /** The server does not know this account any more. */
  forgotten: boolean;
}

export function connectionLine({ connection, unsent, forgotten }: Link): Said | null {
  if (forgotten) return { key: 'connection.forgotten' };
  if (connection !== 'offline') return null;
  if (unsent === 0) return { key: 'connection.none' };
  if (unsent === 1) return { key: 'connection.kept_one' };
  return { key: 'connection.kept', params: { count: capitalised(inWords(unsent)) } };
}
