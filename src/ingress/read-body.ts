import type { IncomingMessage } from 'node:http'

/** Bytes that a request may hold. */
const MOST_BYTES = 1_048_576

/** The whole body as it came; null as soon as it has more bytes than `most`, and the rest is not kept. */
export function readBody(req: IncomingMessage, most = MOST_BYTES): Promise<Buffer | null> {
  if (Number(req.headers['content-length'] ?? 0) > most) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= most) chunks.push(chunk)
      else resolve(null)
    })
    req.on('end', () => resolve(Buffer.concat(chunks)))
    req.on('error', reject)
    req.on('close', () => reject(new Error('the sender went away before it had sent everything')))
  })
}

/** Headers by name, in small letters. */
export const flatHeaders = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
