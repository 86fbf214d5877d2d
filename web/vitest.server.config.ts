import { defineConfig } from 'vitest/config';

/** The records against the real server: SEEN_BINARY names it, CORE_WASM the core (build/wasm/core.wasm by default). */
export default defineConfig({
  test: {
    include: ['tests/server/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 30_000,
    fileParallelism: false,
  },
});
