import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'

type Listener = (req: IncomingMessage, res: ServerResponse) => void

/** Milliseconds for which the oldest may wait for its acknowledgement; Slack gives up after 3 s. */
const LONG_MS = 2_000
/** So many may wait, however long one of them does. */
const FEW = 50
/** Milliseconds between two lines in the log. */
const SAY_AGAIN_MS = 10_000

/**
 * Refuses what cannot be acknowledged in time: who asks is told at once and can press again, instead of waiting in vain
 * behind others for whom it comes too late as well. What is refused was not begun.
 */
export function refusingBeyond({ clock, log }: { clock: Clock; log: Log }, next: Listener): Listener {
  const open = new Map<ServerResponse, number>()
  let refused = 0
  let saidAt = Number.NEGATIVE_INFINITY

  const isTooMuch = (now: number): boolean => {
    if (open.size < FEW) return false
    const oldest = open.values().next().value
    return oldest !== undefined && now - oldest > LONG_MS
  }

  const refuse = (res: ServerResponse, now: number): void => {
    refused += 1
    res.writeHead(503, { connection: 'close', 'retry-after': '5' }).end()
    if (now - saidAt < SAY_AGAIN_MS) return
    saidAt = now
    log.warn('more is asked than can be acknowledged in time: requests were refused', { count: refused })
    refused = 0
  }

  return (req, res) => {
    const now = clock.elapsed()
    if (isTooMuch(now)) return refuse(res, now)
    open.set(res, now)
    res.once('close', () => open.delete(res))
    next(req, res)
  }
}
