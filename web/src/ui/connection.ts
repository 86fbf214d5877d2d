/** @file What is said about the connection. Numbers are words; nothing is said while all is well. */
import { t, type Said } from '../text/text';
import { capitalised, inWords } from './count';

export interface Link {
  connection: 'online' | 'offline' | 'connecting';
  unsent: number;
  /** The server does not know this account any more. */
  forgotten: boolean;
  /** What is to be told of the server or of the other's devices. */
  warnings: readonly ('list_silent' | 'list_hidden' | 'fork' | 'rolled_back')[];
  partner: { name: string } | null;
}

/** One sentence or two for each, with what can be done. They stand in no way. */
export function warningLines({ warnings, partner }: Pick<Link, 'warnings' | 'partner'>): Said[] {
  const name = partner?.name || t('someone');
  return warnings.map((warning) => ({ key: `warning.${warning}`, params: { name } }));
}

export function connectionLine({
  connection,
  unsent,
  forgotten,
}: Pick<Link, 'connection' | 'unsent' | 'forgotten'>): Said | null {
  if (forgotten) return { key: 'connection.forgotten' };
  if (connection !== 'offline') return null;
  if (unsent === 0) return { key: 'connection.none' };
  if (unsent === 1) return { key: 'connection.kept_one' };
  return { key: 'connection.kept', params: { count: capitalised(inWords(unsent)) } };
}
