/**
 * @file What the devices of one person tell one another in their own room: the keys of later epochs, which the server
 * never hands out again, and what each device is called.
 */
import type { CoreEvent } from '../core/core';
import { fromBase64 } from '../vault/bytes';
import { asSecret, type Secret, wipe } from '../vault/sealed';

export class Learned {
  /** By space and number of the epoch. */
  private readonly keys = new Map<string, Map<number, Secret>>();
  /** By device id. */
  readonly names = new Map<string, string>();
  /** The spaces that I have left, or put away after the other had. */
  readonly left = new Set<string>();

  /** An event of mine from my own room, in the order of the log. */
  take(event: CoreEvent): void {
    const { type, space, n, key, device, name } = event;
    if (type === 'device.named' && typeof device === 'string' && typeof name === 'string')
      this.names.set(device, name);
    if (type === 'space.left' && typeof space === 'string') this.left.add(space);
    if (type !== 'space.key' || typeof space !== 'string' || typeof key !== 'string') return;
    const secret = keyIn(key);
    if (!secret || typeof n !== 'number' || !Number.isSafeInteger(n)) return;
    const known = this.keys.get(space) ?? new Map<number, Secret>();
    // The first one stands: nothing that is written later can change what has been sealed under it.
    if (!known.has(n)) known.set(n, secret);
    this.keys.set(space, known);
  }

  keysOf(space: string): ReadonlyMap<number, Secret> {
    return this.keys.get(space) ?? new Map<number, Secret>();
  }

  get spaces(): Iterable<string> {
    return this.keys.keys();
  }

  wipe(): void {
    for (const keys of this.keys.values()) wipe(...keys.values());
    this.keys.clear();
  }
}

function keyIn(text: string): Secret | null {
  try {
    const key = fromBase64(text);
    return key.length === 32 ? asSecret(key) : null;
  } catch {
    return null;
  }
}
