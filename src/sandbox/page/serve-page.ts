import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Asset, bundlePage } from './bundle-page.ts'

const securityHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

const plainText = { 'content-type': 'text/plain; charset=utf-8' }

const icon = [
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>",
  "<rect width='32' height='32' rx='8' fill='#0d6b62'/>",
  "<path d='M9 9h14M9 16h9M9 23h5' stroke='#f4d58a' stroke-width='2.6' stroke-linecap='round'/>",
  "<path d='m17 22 3 3 5-6' fill='none' stroke='#fff' stroke-width='2.6' stroke-linecap='round' stroke-linejoin='round'/>",
  '</svg>',
].join('')

const document = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>Purser sandbox</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}">
<link rel="stylesheet" href="/assets/app.css">
<script type="module" src="/assets/app.js"></script>
</head>
<body>
<div id="root"></div>
<noscript>This page needs JavaScript.</noscript>
</body>
</html>
`

/** The sandbox's web page: `handle` answers `/` and `/assets/*` and says whether the request was its own. */
export function createPage(): { handle(req: IncomingMessage, res: ServerResponse): boolean } {
  let bundle: Promise<Map<string, Asset>> | null = null

  return {
    handle(req, res) {
      const path = (req.url ?? '/').split('?')[0] ?? '/'
      if (path !== '/' && !path.startsWith('/assets/')) return false
      if (req.method !== 'GET' && req.method !== 'HEAD') {
        send(res, { status: 405, headers: { allow: 'GET, HEAD' } })
      } else if (path === '/') {
        const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
        send(res, { status: 200, headers, body: req.method === 'HEAD' ? '' : document })
      } else {
        bundle ??= bundlePage()
        // A bundle that failed is built again at the next request: the sources may have been mended.
        bundle.then(
          (assets) => sendAsset(req, res, assets.get(path)),
          (error: unknown) => {
            bundle = null
            send(res, { status: 500, headers: plainText, body: explain(error) })
          },
        )
      }
      return true
    },
  }
}

function sendAsset(req: IncomingMessage, res: ServerResponse, asset: Asset | undefined): void {
  if (!asset) {
    send(res, { status: 404, headers: plainText, body: 'No such file' })
    return
  }
  const headers = { 'content-type': asset.type, 'cache-control': 'no-cache', etag: asset.etag }
  const known = req.headers['if-none-match'] === asset.etag
  send(res, { status: known ? 304 : 200, headers, body: known || req.method === 'HEAD' ? '' : asset.body })
}

function explain(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return `The sandbox's page could not be built: ${reason}\nIt needs the dev dependencies: run npm ci without --omit=dev.\n`
}

interface Reply {
  status: number
  headers: Record<string, string>
  body?: string | Uint8Array
}

function send(res: ServerResponse, { status, headers, body = '' }: Reply): void {
  res.writeHead(status, { ...securityHeaders, ...headers }).end(body)
}
