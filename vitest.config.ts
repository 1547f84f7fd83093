import { defineConfig } from 'vitest/config'

/**
 * A process takes file after file: no module keeps state, and importing the libraries once in each saves a minute.
 * Three of them, as the long files wait for processes of their own most of the time, and take no ports but free ones.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    isolate: false,
    maxWorkers: 3,
    // Generous, as a machine that does other things as well is slow and not wrong.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    setupFiles: ['test/support/leaves-nothing-running.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/contracts/**', 'test/deep/**'],
  },
})
