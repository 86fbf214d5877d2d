/**
 * @file What screens may ask of the records. The main thread holds a client with this interface; the work is done
 * in the worker, where the core, the vault, the store and the sync live. Everything that crosses is plain data.
 * Every promise can reject with a `SeenError`, whose `code` has a sentence in the text file.
 */

export type Colour = 'ember' | 'tide';

/** What opens a locked app on this device. `none`: it opens by itself. */
export type LockKind = 'none' | 'pin' | 'passphrase';

/** ms away from the page after which it locks itself; 0 is at once. */
export type LocksAfter = 0 | 60000 | 300000;

export interface LockState {
  kind: LockKind;
  locksAfterMs: LocksAfter;
  /** How long until the next try is looked at: after wrong ones 1 s, 2 s, 4 s … up to 60 s. */
  waitsMs: number;
}

/**
 * Where this device stands. `none`: nobody lives here yet. `locked`: somebody does, and nothing of them is told
 * until `unlock`; every call but those of the lock, `standing` and `clearDevice` is then rejected as `locked`.
 */
export interface Standing {
  stage: 'none' | 'locked' | 'ready';
  lock: LockKind;
  name: string | null;
  colour: Colour;
  partner: { name: string; colour: Colour } | null;
  phraseChecked: boolean;
  /** The twelve words are still on this device (until they have been checked once). */
  phraseHere: boolean;
  /** `offline`: no connection now. `unsent`: how many finished acts wait to go. */
  connection: 'online' | 'offline' | 'connecting';
  unsent: number;
  /**
   * The server at this address knows this account no more, or lets this device in no more: it tells neither apart.
   * Everything is kept here.
   */
  forgotten: boolean;
  /** How many records are kept as they came and not shown, because a check of them failed. */
  refused: number;
  /** A join that was begun and is not finished; the join screen goes on from it. */
  joining: 'inviter' | 'invitee' | null;
  /** The other has left the shared space, or I have; what was opened stays readable. */
  over: 'none' | 'they_left' | 'i_left';
  /** What a person must be told plainly about the server or the other's devices (spec/envelope.md §5). */
  warnings: Warning[];
  demo: boolean;
}

/**
 * `list_silent`: nothing has come from the other's devices for 30 days. `list_hidden`: the server keeps back a change of
 * the other's devices. `fork`: the two of us are shown different histories. `rolled_back`: the server has lost records
 * that it had acknowledged.
 */
export type Warning = 'list_silent' | 'list_hidden' | 'fork' | 'rolled_back';

/** One of my own devices. `added` in ms; null while it is not known here. */
export interface DeviceShown {
  id: string;
  name: string | null;
  added: number | null;
  here: boolean;
  removed: boolean;
}

/** What each says to: may we let each other know that one waits? Null: has not said. It is let known only if both say yes. */
export interface Agreement {
  mine: boolean | null;
  theirs: boolean | null;
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
  /** `lapsed`: it waited seven days and opens no more; its words are kept for its author. */
  mine: { id: string; text: string; at: number; lapsed: boolean } | null;
  theirsWaits: boolean;
  /** Both have agreed that a waiting one may be let known; the giver can still keep a single one quiet. */
  mayTell: boolean;
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
  /** With another person, or with a further device of my own (then `inviter` is the device that is there already). */
  kind: 'person' | 'device';
  role: 'inviter' | 'invitee';
  stage: 'open' | 'claimed' | 'answered' | 'revealed' | 'joined' | 'ended' | 'expired' | 'tampered';
  link: string | null;
  /** 18 characters in three groups, to be typed where nothing can be scanned. Null until it has been made. */
  code: string | null;
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
  /** Opens an invitation from a link, its secret, or its typed code. */
  accept(linkSecretOrCode: string): Promise<Joining>;
  joining(): Promise<Joining | null>;
  confirmWords(same: boolean): Promise<Joining>;
  /** Puts a finished, ended or failed join away; an open one is ended. */
  leaveJoining(): Promise<void>;

  /** Lets a further device of mine in: a link, a picture of it and a typed code. Goes on as `joining()` with kind `device`. */
  inviteDevice(): Promise<Joining>;
  /** On the new device, where nobody lives yet: from a link, its secret or its typed code. `name`: what this device calls itself. */
  enterAsDevice(linkSecretOrCode: string, name: string | null): Promise<Joining>;
  devices(): Promise<DeviceShown[]>;
  nameDevice(id: string, name: string): Promise<void>;
  /** Needs the root: the twelve words, or null while they are still here. Begins a new epoch in every space. */
  removeDevice(id: string, words: string[] | null): Promise<void>;

  agreement(): Promise<Agreement | null>;
  agree(tell: boolean): Promise<void>;
  /** Leaves the shared space; with `erase`, what I gave there is taken away as well. */
  leaveSpace(erase: boolean): Promise<void>;
  /** Everything of mine on the server, and then everything in this browser. Needs the root, as `removeDevice`. */
  deleteAccount(words: string[] | null, erase: boolean): Promise<void>;

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

  lockState(): Promise<LockState>;
  /**
   * Sets a lock, or changes the one that is set, for which `current` is then needed. A PIN has 4 to 12 digits, a
   * passphrase at least 8 characters: `lock_too_short`, `lock_too_long`, `lock_not_digits`; `lock_wrong` where
   * `current` is not the one that is set.
   */
  setLock(secret: string, kind: 'pin' | 'passphrase', current?: string): Promise<void>;
  /** `lock_wrong` when it is not the one that is set. */
  removeLock(secret: string): Promise<void>;
  /**
   * False when it was wrong. Wrong tries are counted over reloads and tabs, and the next one is looked at only after
   * `waitsMs`: called before, this waits that long. Nothing is ever removed because of wrong tries.
   */
  unlock(secret: string): Promise<boolean>;
  /** Locks this tab and all others; does nothing where no lock is set. */
  lockNow(): Promise<void>;
  setLocksAfter(ms: LocksAfter): Promise<void>;
  /** Removes everything from this browser, in all tabs, locked or not. The screen has asked before. */
  clearDevice(): Promise<void>;

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
  | 'code_wrong'
  | 'device_last'
  | 'device_gone'
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
  | 'locked'
  | 'lock_too_short'
  | 'lock_too_long'
  | 'lock_not_digits'
  | 'lock_wrong'
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
