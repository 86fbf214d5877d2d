import { defineConfig } from 'vitest/config';

/** Two vaults, each opening what the other has sealed: VAULT_PEER names the native one (vault/tests/peer). */
export default defineConfig({
  test: {
    include: ['tests/vault/third_opinion.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 30_000,
  },
});
