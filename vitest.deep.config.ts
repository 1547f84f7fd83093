import { defineConfig } from 'vitest/config'

/** The long suites, by `npm run test:deep`; each prints the seed that repeats it. */
export default defineConfig({
  test: { pool: 'forks', isolate: false, testTimeout: 6 * 3_600_000, include: ['test/deep/**/*.test.ts'] },
})
