import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'

export interface Asset {
  type: string
  body: Uint8Array
  etag: string
}

const scriptEntry = fileURLToPath(new URL('./main.tsx', import.meta.url))
const styleEntry = fileURLToPath(new URL('./styles/app.css', import.meta.url))

const types: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' }

/** Bundles the page in memory and answers its files by path, such as `/assets/app.js`. */
export async function bundlePage(): Promise<Map<string, Asset>> {
  // Loaded here, because it is a dev dependency: the rest of the sandbox also runs without it.
  const { build } = await import('esbuild')
  const result = await build({
    entryPoints: [
      { in: scriptEntry, out: 'app' },
      { in: styleEntry, out: 'app' },
    ],
    outdir: '/assets',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  })
  return new Map(
    result.outputFiles.map((file) => {
      const name = file.path.split(/[\\/]/).pop() ?? ''
      const type = types[name.split('.').pop() ?? ''] ?? 'application/octet-stream'
      const etag = `"${createHash('sha256').update(file.contents).digest('base64url').slice(0, 22)}"`
      return [`/assets/${name}`, { type, body: file.contents, etag }]
    }),
  )
}
