import { loadQuickly } from '../../src/quick-loading.ts'

// Loads one part of the benchmark as `npm start` loads Purser.
loadQuickly()
await import(`./${process.argv[2] ?? 'runs'}.ts`)
