/** @file The keys of this device while the app is open: its own pairs, and the epoch keys of its spaces. */
import type { IdentityRow } from '../store/rows';
import { toBase64 } from '../vault/bytes';
import { holdId } from '../vault/hold';
import type { KeyPairs } from '../vault/keys';
import { authorKey } from '../vault/record';
import { type Secret, wipe } from '../vault/sealed';

export class KeyRing {
  private readonly epochs = new Map<string, Map<number, Secret>>();
  private readonly authors = new Map<string, Secret>();
  private wiped = false;

  constructor(
    readonly identity: IdentityRow,
    readonly device: KeyPairs,
  ) {}

  get me(): string {
    return this.identity.account;
  }

  get room(): string {
    return this.identity.room;
  }

  add(space: string, n: number, key: Secret): void {
    const keys = this.keysOf(space) ?? new Map<number, Secret>();
    keys.set(n, key);
    this.epochs.set(space, keys);
  }

  has(space: string): boolean {
    return this.epochs.has(space);
  }

  epoch(space: string, n: number): Secret | null {
    return this.keysOf(space)?.get(n) ?? null;
  }

  /** All that are known of a space, by the number of the epoch. */
  all(space: string): ReadonlyMap<number, Secret> {
    return this.keysOf(space) ?? new Map<number, Secret>();
  }

  newest(space: string): { n: number; key: Secret } {
    const keys = this.keysOf(space);
    const n = Math.max(...(keys?.keys() ?? []));
    const key = keys?.get(n);
    if (!key) throw new Error('no key for this space');
    return { n, key };
  }

  /** What marks a record as mine, for my own devices alone. */
  author(space: string): Secret {
    const known = this.wiped ? undefined : this.authors.get(space);
    if (known) return known;
    const made = authorKey(this.first(this.room), space);
    this.authors.set(space, made);
    return made;
  }

  hold(space: string, counter: number): string {
    return toBase64(holdId(this.first(space), counter));
  }

  /**
   * Whatever asks for a key from here on fails: with zeros it would seal what anybody can open, and refuse for good
   * what is still arriving.
   */
  wipe(): void {
    this.wiped = true;
    for (const keys of this.epochs.values()) wipe(...keys.values());
    wipe(...this.authors.values(), this.device.signSecret, this.device.boxSecret);
  }

  private keysOf(space: string): Map<number, Secret> | undefined {
    if (this.wiped) throw new Error('the keys have been wiped');
    return this.epochs.get(space);
  }

  private first(space: string): Secret {
    const key = this.epoch(space, 1);
    if (!key) throw new Error('no first key for this space');
    return key;
  }
}
