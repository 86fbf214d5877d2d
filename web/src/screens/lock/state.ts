/** @file The lock of this phone: what may be set, and what is said while it holds. */
import type { LockKind, LocksAfter, LockState } from '../../records/contract';
import type { Key, Said } from '../../text/text';
import { inWords } from '../../ui/count';

export type Kind = Exclude<LockKind, 'none'>;
export const kinds: readonly Kind[] = ['pin', 'passphrase'];

export const pinDigits = { least: 4, most: 12 } as const;
export const passphraseLeast = 8;

/** What stands on the button while a new one cannot be set yet; null when it can. */
export function lackingIn(kind: Kind | '', secret: string, again: string): Key | null {
  if (kind === '') return 'lock.none_yet';
  if (kind === 'pin' && /[^0-9]/.test(secret)) return 'lock.digits';
  if (kind === 'pin' && secret.length < pinDigits.least) return 'lock.pin_short';
  if (kind === 'pin' && secret.length > pinDigits.most) return 'lock.pin_long';
  if (kind === 'passphrase' && [...secret].length < passphraseLeast) return 'lock.passphrase_short';
  return secret === again ? null : again === '' ? 'lock.again_yet' : 'lock.differ';
}

export const afters: readonly { value: `${LocksAfter}`; key: Key }[] = [
  { value: '0', key: 'lock.after_0' },
  { value: '60000', key: 'lock.after_1' },
  { value: '300000', key: 'lock.after_5' },
];

export function afterOf(value: `${LocksAfter}`): LocksAfter {
  return value === '0' ? 0 : value === '60000' ? 60000 : 300000;
}

/** What is said after a wrong try: how long the next one waits, in whole seconds. */
export function waitsSaid({ waitsMs }: Pick<LockState, 'waitsMs'>): Said {
  const seconds = Math.ceil(waitsMs / 1000);
  if (seconds < 1) return { key: 'locked.wrong' };
  return seconds === 1
    ? { key: 'locked.wrong_one' }
    : { key: 'locked.wrong_waits', params: { count: inWords(seconds) } };
}
