import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SandboxState } from '../state.ts'

const DEBOUNCE_MS = 50
const HEARTBEAT_MS = 2000

/** Sends the state to everybody who follows it. */
export interface StateEvents {
  follow(req: IncomingMessage, res: ServerResponse): void
  /** Something may look different: the state is sent shortly. */
  changed: () => void
  close(): void
}

/** Streams the state as server-sent events: 50 ms after a change, and looks every 2 s at what lies outside. */
export function createStateEvents(read: () => Promise<SandboxState>): StateEvents {
  const followers = new Set<ServerResponse>()
  let soon: NodeJS.Timeout | null = null
  let heartbeat: NodeJS.Timeout | null = null
  let lastSent = ''

  const sendState = async (to: Iterable<ServerResponse>, evenIfSame: boolean) => {
    const text = JSON.stringify(await read())
    if (text === lastSent && !evenIfSame) return
    lastSent = text
    for (const res of to) res.write(`data: ${text}\n\n`)
  }
  const changed = () => {
    if (followers.size === 0 || soon) return
    soon = setTimeout(() => {
      soon = null
      void sendState(followers, false)
    }, DEBOUNCE_MS)
  }
  const leave = (res: ServerResponse) => {
    followers.delete(res)
    if (followers.size > 0 || !heartbeat) return
    clearInterval(heartbeat)
    heartbeat = null
  }

  return {
    changed,
    follow(req, res) {
      res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      followers.add(res)
      heartbeat ??= setInterval(changed, HEARTBEAT_MS).unref()
      req.on('close', () => leave(res))
      void sendState([res], true)
    },
    close() {
      if (soon) clearTimeout(soon)
      if (heartbeat) clearInterval(heartbeat)
      for (const res of followers) res.end()
      followers.clear()
    },
  }
}
