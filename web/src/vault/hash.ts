/** @file H, H16, K and K16 of spec/envelope.md §1: labelled BLAKE2b, with and without a key. */
import { type Bytes, enc, type Field } from './bytes';
import { asSecret, type Secret } from './sealed';
import { sodium } from './sodium';

function labelled(label: string, parts: readonly Field[]): Bytes {
  return enc(`seen/1/${label}`, ...parts);
}

export function hash(label: string, ...parts: readonly Field[]): Bytes {
  return sodium().crypto_generichash(32, labelled(label, parts), null);
}

export function hash16(label: string, ...parts: readonly Field[]): Bytes {
  return sodium().crypto_generichash(16, labelled(label, parts), null);
}

export function keyed(key: Bytes, label: string, ...parts: readonly Field[]): Secret {
  return asSecret(sodium().crypto_generichash(32, labelled(label, parts), key));
}

export function keyed16(key: Bytes, label: string, ...parts: readonly Field[]): Bytes {
  return sodium().crypto_generichash(16, labelled(label, parts), key);
}
