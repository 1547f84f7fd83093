import type { ServerResponse } from 'node:http'

/** What a door answers. */
export interface Reply {
  status: number
  /** Sent as JSON; a text as it is. */
  body: object | string
  headers?: Readonly<Record<string, string>>
}

/** A refusal: what it is, and the way out. */
export const refusal = (status: number, error: string, hint: string): Reply => ({ status, body: { error, hint } })

export const notWith = (method: string): Reply => ({
  ...refusal(405, 'method-not-allowed', `Send it with ${method}.`),
  headers: { allow: method },
})

export const TOO_LARGE: Reply = {
  ...refusal(413, 'too-large', 'Send at most 1 MB.'),
  // What is left of it is not read.
  headers: { connection: 'close' },
}

export const ENCODED = refusal(415, 'encoded', 'Send it as it is: without content-encoding.')

export function reply(res: ServerResponse, { status, body, headers }: Reply): void {
  const isText = typeof body === 'string'
  const type = isText ? 'text/plain; version=0.0.4; charset=utf-8' : 'application/json'
  res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers })
  res.end(isText ? body : JSON.stringify(body))
}
