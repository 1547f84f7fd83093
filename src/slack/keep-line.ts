import type { SocketModeReceiver } from '@slack/bolt'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'

/** Milliseconds before a line is opened that could not be before; doubled up to the longest. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** A line that stood for so many milliseconds was one: another is opened at once. */
const STOOD_MS = 10_000

type Client = Pick<SocketModeReceiver['client'], 'start' | 'disconnect' | 'on'>

export interface Line {
  /** Tries once; where Slack does not answer it is tried on and on, and everything else goes on meanwhile. */
  start(): Promise<void>
  /** Says goodbye, and waits for nobody. */
  stop(): void
}

/**
 * Keeps Socket Mode's line open. Its client could do so by itself, but gives up when Slack cannot be asked where the
 * line is, by a rejection that nobody hears: that would end the process.
 */
export function keepLine(client: Client, { clock, log }: { clock: Clock; log: Log }): Line {
  let isStopped = false
  let isUp = false
  let upSince = 0
  /** Lines in a row that did not come about, or did not last. */
  let failures = 0
  let cancel = (): void => {}

  client.on('connected', () => {
    isUp = true
    upSince = clock.elapsed()
  })
  client.on('disconnected', () => {
    // One that has not come about yet is told by its own end.
    if (!isUp) return
    isUp = false
    failures = clock.elapsed() - upSince < STOOD_MS ? failures + 1 : 0
    openAgain()
  })

  const open = async (): Promise<void> => {
    try {
      await client.start()
      if (isStopped) await client.disconnect()
    } catch (error) {
      if (isStopped) return
      failures += 1
      // The client says nothing where the line ends before Slack has said hello.
      const err = error ?? new Error('it ended before it stood')
      log.warn('the line to Slack (Socket Mode) could not be opened; it is tried again', { err, count: failures })
      openAgain()
    }
  }

  const openAgain = (): void => {
    if (isStopped) return
    cancel()
    const ms = failures < 2 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 2))
    cancel = ms === 0 ? () => {} : clock.after(ms, () => void open())
    if (ms === 0) void open()
  }

  return {
    start: open,
    stop() {
      isStopped = true
      cancel()
      void client.disconnect()
    },
  }
}
