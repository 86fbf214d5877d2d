/**
 * @file Calls between the page and the worker. Every call ends: with its value, with an error that kept its code, as
 * cancelled, or, when the worker dies, with that. An error carries both stacks: where it arose and who asked.
 */
import type { Change, Seen, SeenErrorCode } from './contract';

/** What of `Seen` is a call; `onChange` is answered on the page's side. */
export type Method = Exclude<keyof Seen, 'onChange'>;

export const methods: readonly Method[] = [
  'standing',
  'begin',
  'restore',
  'setName',
  'phrase',
  'checkPhrase',
  'invite',
  'accept',
  'joining',
  'confirmWords',
  'leaveJoining',
  'removeDevice',
  'nameDevice',
  'devices',
  'enterAsDevice',
  'inviteDevice',
  'agreement',
  'agree',
  'leaveSpace',
  'deleteAccount',
  'today',
  'between',
  'opened',
  'room',
  'note',
  'give',
  'takeBack',
  'respond',
  'keepNote',
  'changeNote',
  'removeNote',
  'draft',
  'saveDraft',
  'lockState',
  'setLock',
  'removeLock',
  'unlock',
  'lockNow',
  'setLocksAfter',
  'clearDevice',
  'setClock',
];

export type Asked =
  /** `base` is where the server stands: the page's address up to its last slash, without it. */
  | { kind: 'start'; base: string; profile: string; clock: number | null }
  | { kind: 'call'; id: number; method: Method; args: unknown[] }
  | { kind: 'cancel'; id: number }
  /** The network came or went, or somebody looks again (`online`): no need to wait for the next try. */
  | { kind: 'network'; online: boolean }
  /** The page was hidden, or is seen again: what the lock goes by. */
  | { kind: 'away'; away: boolean };

export type Answered =
  | { kind: 'value'; id: number; value: unknown }
  | { kind: 'error'; id: number; code: SeenErrorCode; message: string; stack: string }
  | { kind: 'change'; change: Change };
