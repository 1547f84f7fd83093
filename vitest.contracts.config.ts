import { defineConfig } from 'vitest/config'

/** The suites that hold our requests and fakes against the vendors' published contracts, in ../shared when it is there. */
export default defineConfig({
  test: { pool: 'forks', isolate: false, testTimeout: 240_000, include: ['test/contracts/**/*.test.ts'] },
})
