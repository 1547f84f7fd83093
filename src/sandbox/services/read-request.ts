import type { IncomingMessage } from 'node:http'

const MOST_BYTES = 1_000_000

/** A body as it came, or what was wrong with it; `none` when there was none. */
export type RequestBody =
  | { kind: 'none' }
  | { kind: 'parsed'; value: unknown; form: boolean }
  | { kind: 'unreadable'; problem: string; raw: string }
  | { kind: 'wrong-type'; raw: string }

/** Calls back with the body; never when the client goes away first. */
export function readRequest(req: IncomingMessage, done: (body: RequestBody) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  req.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= MOST_BYTES) chunks.push(chunk)
  })
  req.on('end', () => {
    if (size > MOST_BYTES) done({ kind: 'unreadable', problem: `more than ${MOST_BYTES} bytes`, raw: '' })
    else done(parse(Buffer.concat(chunks).toString(), req.headers['content-type'] ?? ''))
  })
  req.on('error', () => req.destroy())
}

function parse(raw: string, type: string): RequestBody {
  if (raw === '') return { kind: 'none' }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { kind: 'parsed', value: Object.fromEntries(new URLSearchParams(raw)), form: true }
  }
  if (!/^application\/(json|[\w.]+\+json)/.test(type)) return { kind: 'wrong-type', raw }
  try {
    return { kind: 'parsed', value: JSON.parse(raw), form: false }
  } catch (error) {
    return { kind: 'unreadable', problem: error instanceof Error ? error.message : 'not JSON', raw }
  }
}
