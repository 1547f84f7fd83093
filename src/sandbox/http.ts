import type { IncomingMessage, ServerResponse } from 'node:http'

/** An answer before it is sent. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string | Buffer
}

/** An answer in JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}

/** The whole body of a request, refused beyond 20 MB. */
export async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > 20_000_000) throw new RangeError('The body is larger than 20 MB.')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/** Sends the answer, unless the other side has gone. */
export function send(res: ServerResponse, answer: Answer): void {
  if (res.destroyed || res.writableEnded) return
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body
  res.writeHead(answer.status, { ...answer.headers, 'content-length': body.length })
  res.end(body)
}
