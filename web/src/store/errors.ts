/** @file The two ways in which a browser's storage fails a person, told apart. */

export type StoreFault = 'storage_missing' | 'storage_full';

export class StoreError extends Error {
  constructor(
    readonly fault: StoreFault,
    options?: ErrorOptions,
  ) {
    super(fault, options);
    this.name = 'StoreError';
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : '';
}

const missing = new Set([
  'InvalidStateError',
  'SecurityError',
  'NotFoundError',
  'UnknownError',
  'VersionError',
]);

/** Runs a piece of storage work; what the browser throws becomes a `StoreError` where it is about storage. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (nameOf(error) === 'QuotaExceededError') throw new StoreError('storage_full', { cause: error });
    if (missing.has(nameOf(error))) throw new StoreError('storage_missing', { cause: error });
    throw error;
  }
}
