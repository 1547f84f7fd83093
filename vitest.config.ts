import { defineConfig } from 'vitest/config'

/** One process for all files: no module keeps state, and importing the libraries once saves a minute. */
export default defineConfig({
  test: {
    pool: 'forks',
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    setupFiles: ['test/support/leaves-nothing-running.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/contracts/**', 'test/deep/**'],
  },
})
