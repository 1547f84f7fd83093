import { defineConfig } from 'vitest/config'

/** One process for all files: no module keeps state, and importing the libraries once saves a minute. */
const shared = { pool: 'forks', isolate: false, testTimeout: 20_000, hookTimeout: 30_000 } as const

export default defineConfig({
  test: {
    ...shared,
    include: ['test/**/*.test.ts'],
    exclude: ['test/contracts/**', 'test/deep/**'],
  },
})
