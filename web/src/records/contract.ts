/**
 * @file What screens may ask of the records. The main thread holds a client with this interface; the work is done
 * in the worker, where the core, the vault, the store and the sync live. Everything that crosses is plain data.
 * Every promise can reject with a `SeenError`, whose `code` has a sentence in the text file.
 */

export type Colour = 'ember' | 'tide';

/** Where this device stands. `none`: nobody lives here yet. */
export interface Standing {
  stage: 'none' | 'ready';
  name: string | null;
  colour: Colour;
  partner: { name: string; colour: Colour } | null;
  phraseChecked: boolean;
  /** The twelve words are still on this device (until they have been checked once). */
  phraseHere: boolean;
  /** `offline`: no connection now. `unsent`: how many finished acts wait to go. */
  connection: 'online' | 'offline' | 'connecting';
  unsent: number;
  /** The server at this address does not know this account any more. Everything is kept here. */
  forgotten: boolean;
  /** How many records are kept as they came and not shown, because a check of them failed. */
  refused: number;
  /** A join that was begun and is not finished; the join screen goes on from it. */
  joining: 'inviter' | 'invitee' | null;
  demo: boolean;
}

export interface Given {
  id: string;
  at: number;
  text: string | null;
  withdrawn: boolean;
  response: { id: string; kind: 'thanks' | 'words'; text: string | null; at: number } | null;
}

export interface Opened {
  counter: number;
  stamp: number;
  mine: Given;
  theirs: Given;
}

export interface Exchange {
  counter: number;
  state: 'nothing' | 'mine' | 'theirs' | 'both';
  mine: { id: string; text: string; at: number } | null;
  theirsWaits: boolean;
}

export interface Today {
  exchange: Exchange | null;
  toReceive: Opened | null;
}

export interface Note {
  id: string;
  /** Its place in the room, by which pages are turned; null while it is not acknowledged. */
  seq: number | null;
  text: string;
  at: number;
  changedAt: number | null;
  pending: boolean;
}

export interface Page<T> {
  items: T[];
  more: boolean;
}

/** A join as both sides see it. `words` appear once the nonces have been exchanged. */
export interface Joining {
  role: 'inviter' | 'invitee';
  stage: 'open' | 'claimed' | 'answered' | 'revealed' | 'joined' | 'ended' | 'expired' | 'tampered';
  link: string | null;
  expires: number;
  partnerName: string | null;
  words: [string, string, string, string] | null;
  iConfirmed: boolean;
}

/** What the rest of the app is told, unasked. The receiver asks again for what it shows. */
export type Change = 'standing' | 'today' | 'between' | 'room' | 'joining' | 'draft';

/** A place where something unfinished is kept as it is typed. */
export type DraftPlace = 'truth' | 'note' | `response:${string}` | `note:${string}`;

export interface Seen {
  standing(): Promise<Standing>;
  /** Makes keys, account and own room. Works without a connection: the account is registered when there is one. */
  begin(name: string | null): Promise<void>;
  /** Opens an existing account with its twelve words. */
  restore(words: string[]): Promise<void>;
  setName(name: string): Promise<void>;

  /** The twelve words, while they are here; null afterwards. */
  phrase(): Promise<string[] | null>;
  /** Checks what was typed against the words; when right, remembers it and wipes the root from this device. */
  checkPhrase(words: string[]): Promise<boolean>;

  invite(): Promise<Joining>;
  /** Opens an invitation from a link or its secret. */
  accept(linkOrSecret: string): Promise<Joining>;
  joining(): Promise<Joining | null>;
  confirmWords(same: boolean): Promise<Joining>;
  /** Puts a finished, ended or failed join away; an open one is ended. */
  leaveJoining(): Promise<void>;

  today(): Promise<Today>;
  between(before: number | null, limit: number): Promise<Page<Opened>>;
  opened(counter: number): Promise<Opened | null>;
  /** Notes with a seq below `before`, at most 500; without it, all that are not acknowledged stand in front. */
  room(before: number | null, limit: number): Promise<Page<Note>>;
  /** Null when there is none, or it has been removed. */
  note(id: string): Promise<Note | null>;

  give(text: string, letKnow: boolean): Promise<void>;
  /** Takes back the one that waits (`held`), or one that has been opened. Always answers the same. */
  takeBack(id: string): Promise<void>;
  respond(target: string, kind: 'thanks' | 'words', text: string | null): Promise<void>;

  keepNote(text: string): Promise<void>;
  changeNote(id: string, text: string): Promise<void>;
  removeNote(id: string): Promise<void>;

  draft(place: DraftPlace): Promise<string>;
  /** Kept on this device, sealed; an empty text removes it. */
  saveDraft(place: DraftPlace, text: string): Promise<void>;

  /** Demo only: moves the clock of this phone. */
  setClock(offsetMs: number): Promise<void>;

  /** Returns the function that ends the subscription. */
  onChange(listener: (change: Change) => void): () => void;
}

/** Codes have their sentences under `error.*` in the text file. */
export type SeenErrorCode =
  | 'offline'
  | 'not_found'
  | 'invite_used'
  | 'invite_expired'
  | 'invite_ended'
  | 'invite_tampered'
  | 'invite_own'
  | 'already_joined'
  | 'phrase_unknown_word'
  | 'phrase_wrong'
  | 'account_unknown'
  | 'text_too_long'
  | 'text_empty'
  | 'name_too_long'
  | 'slow_down'
  | 'not_kept'
  | 'storage_full'
  | 'storage_missing'
  | 'cancelled'
  | 'unexpected';

export class SeenError extends Error {
  constructor(
    readonly code: SeenErrorCode,
    message?: string,
  ) {
    super(message ?? code);
    this.name = 'SeenError';
  }
}
