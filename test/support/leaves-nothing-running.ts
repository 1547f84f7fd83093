import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'

/** What keeps a process alive: a server, a socket, a child, a thread, a watched file, a timer. */
const KINDS = [
  'TCPServerWrap',
  'PipeServerWrap',
  'TCPSocketWrap',
  'TLSWrap',
  'ProcessWrap',
  'FSEventWrap',
  'StatWatcher',
  'Timeout',
]
/** Sockets close a moment after their `close()` has been answered. */
const GRACE_MS = 30_000
/** The runner reports in batches, by a timer of its own. */
const BATCH_MS = 150

const running = (): Map<string, number> => {
  const counted = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) {
    if (KINDS.includes(kind)) counted.set(kind, (counted.get(kind) ?? 0) + 1)
  }
  return counted
}

const more = (before: ReadonlyMap<string, number>): string[] =>
  [...running()].flatMap(([kind, count]) => {
    const left = count - (before.get(kind) ?? 0)
    return left > 0 ? [`${left} ${kind}`] : []
  })

let before = new Map<string, number>()

/** Waits while it holds, for so long at most. */
async function waitWhile(holds: () => boolean, ms: number): Promise<void> {
  const until = performance.now() + ms
  while (holds() && performance.now() < until) await pause(5)
}

beforeAll(async () => {
  await waitWhile(() => running().has('Timeout'), BATCH_MS)
  before = running()
})

// Registered before those of the file, so that it runs after them.
afterAll(async () => {
  await waitWhile(() => more(before).length > 0, GRACE_MS)
  const left = more(before)
  if (left.length > 0) throw new Error(`this file leaves something running behind: ${left.join(', ')}`)
})
