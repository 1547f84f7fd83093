import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// What `npm start` runs. In plain JavaScript, and the cache before all else: where it holds everything, Node never
// loads what strips types, which is 18 MB. It lies beside the packages, where nobody else can write.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)))
const { loadQuickly } = await import('./quick-loading.ts')
loadQuickly()
await import('./main.ts')
