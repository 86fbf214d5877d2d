/** @file The sentence for a failure. Whatever has no code that we know is told as something unexpected. */
import { known, type Key } from '../text/text';

export function errorKey(trouble: unknown): Key {
  const code = typeof trouble === 'object' && trouble !== null && 'code' in trouble ? trouble.code : null;
  const key = `error.${String(code)}`;
  return known(key) ? key : 'error.unexpected';
}
