/** @file Looks for words and keys where they must not be: in a worker's memory, and in what IndexedDB holds. */
import { type IDBPDatabase, openDB } from 'idb';

/** All bytes and texts that can be reached from a value, with the way to each. */
function* leaves(value: unknown, path: string, met: Set<unknown>): Generator<[string, string | Uint8Array]> {
  if (typeof value === 'string') return yield [path, value];
  if (typeof value !== 'object' || value === null || met.has(value)) return;
  met.add(value);
  if (value instanceof WebAssembly.Memory) return yield [path, new Uint8Array(value.buffer)];
  if (value instanceof ArrayBuffer) return yield [path, new Uint8Array(value)];
  if (ArrayBuffer.isView(value)) {
    return yield [path, new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
  }
  if (value instanceof Map || value instanceof Set) {
    let n = 0;
    for (const part of value) yield* leaves(part, `${path}(${n++})`, met);
    return;
  }
  for (const name of Object.getOwnPropertyNames(value)) {
    yield* leaves((value as Record<string, unknown>)[name], `${path}.${name}`, met);
  }
}

/** Where the canary stands in what can be reached from `value`: as text, or as the bytes of its text. */
export function placesOf(canary: string | Uint8Array, value: unknown): string[] {
  const text = typeof canary === 'string' ? canary : null;
  const bytes = Buffer.from(canary);
  const found: string[] = [];
  for (const [path, leaf] of leaves(value, '', new Set())) {
    const there =
      typeof leaf === 'string'
        ? text !== null && leaf.includes(text)
        : Buffer.from(leaf.buffer, leaf.byteOffset, leaf.byteLength).includes(bytes);
    if (there) found.push(path);
  }
  return found;
}

/** Every row of a phone's database, by the name of its store. */
export async function rowsOf(factory: IDBFactory, name = 'seen'): Promise<Record<string, unknown[]>> {
  const db = await opened(factory, name);
  const rows: Record<string, unknown[]> = {};
  for (const store of db.objectStoreNames) {
    const keys = await db.getAllKeys(store);
    const values = (await db.getAll(store)) as unknown[];
    rows[store] = values.map((value, n) => ({ key: keys[n], value }));
  }
  db.close();
  return rows;
}

export function opened(factory: IDBFactory, name = 'seen'): Promise<IDBPDatabase> {
  globalThis.indexedDB = factory;
  return openDB(name);
}
