/** @file libsodium, once loaded. `openVault` is awaited once; after that everything in the vault is synchronous. */
import libsodium from 'libsodium-wrappers-sumo';

type Sodium = typeof libsodium;

let loaded: Sodium | null = null;

export async function openVault(): Promise<void> {
  await libsodium.ready;
  loaded = libsodium;
}

export function sodium(): Sodium {
  if (!loaded) throw new Error('openVault() has not been awaited');
  return loaded;
}
