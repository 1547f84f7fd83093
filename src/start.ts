import { loadQuickly } from './quick-loading.ts'

// What `npm start` runs: the rest is imported behind it, so that it loads quickly.
loadQuickly()
await import('./main.ts')
