/** @file Where the browser finds the core: one asset, named after its content. */
import { Core } from './core';
import wasmUrl from './core.wasm?url';

export function loadCore(): Promise<Core> {
  return Core.load(fetch(wasmUrl));
}
