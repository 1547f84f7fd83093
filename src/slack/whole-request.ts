import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../ingress/read-body.ts'

/** As Bolt's own limit. */
const MOST_BYTES = 4 * 1024 * 1024

type Listener = (req: IncomingMessage, res: ServerResponse) => void

/**
 * Reads a request whole before Bolt gets it, which then takes `rawBody` for what was sent. Bolt ends the process over a
 * body that is JSON but no object, such as `null`.
 */
export const takingWhole =
  (next: Listener): Listener =>
  (req, res) => {
    readBody(req, MOST_BYTES).then(
      (body) => {
        if (body === null) return refuseLarge(req, res)
        if (!mayBeObject(body.toString('utf8'), req.headers['content-type'])) return refuse(res, 400)
        next(Object.assign(req, { rawBody: body }), res)
      },
      // Whoever sent it went away in the middle.
      () => res.destroy(),
    )
  }

/** What is no JSON at all is left to Bolt, which looks at the signature first. */
function mayBeObject(text: string, contentType: string | undefined): boolean {
  const isForm = contentType === 'application/x-www-form-urlencoded'
  const json = isForm ? new URLSearchParams(text).get('payload') : text
  if (json === null) return true
  try {
    const parsed: unknown = JSON.parse(json)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
  } catch {
    return true
  }
}

/** The status goes at once, its end when all was read: else who still sends finds the connection closed, and no answer. */
function refuseLarge(req: IncomingMessage, res: ServerResponse): void {
  res.writeHead(413, { connection: 'close' }).flushHeaders()
  if (req.complete) return void res.end()
  req.once('end', () => res.end())
  req.resume()
}

function refuse(res: ServerResponse, status: number): void {
  res.writeHead(status, { connection: 'close' }).end()
}
