import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Clock } from '../clock.ts'
import type { MainSays, Orders } from './orders.ts'

const BEAT_EVERY_MS = 1_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000
const STOP_WITHIN_MS = 2_000

interface Options {
  clock: Clock
  orders: Orders
  /** What is wrong with the database and with the alerts; null where nothing is. */
  health(): { database: string | null; alerts: string | null }
  onError(error: unknown): void
}

/** Starts the watchdog process, tells it every second that this one lives, and starts it again when it ends. */
export function startWatchdog(options: Options): { pid(): number | null; stop(): Promise<void> } {
  const { clock } = options
  let child: ChildProcess | null = null
  let stopped = false
  let failures = 0
  let cancelBeat = (): void => undefined
  let cancelStart = (): void => undefined

  const say = (words: MainSays): void => {
    if (child?.connected) child.send(words, () => undefined)
  }
  const beat = (): void => {
    say({ says: 'alive', ...options.health() })
    cancelBeat = clock.after(BEAT_EVERY_MS, beat)
  }
  const start = (): void => {
    const begun = clock.elapsed()
    const path = fileURLToPath(new URL('./watchdog-process.ts', import.meta.url))
    const process_ = spawn(process.execPath, ['--max-semi-space-size=1', path], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child = process_
    process_.once('error', options.onError)
    process_.once('exit', () => {
      child = null
      if (stopped) return
      failures = clock.elapsed() - begun > LONGEST_PAUSE_MS ? 1 : failures + 1
      options.onError(new Error('the watchdog has ended; it is started again'))
      cancelStart = clock.after(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)), start)
    })
    // It must not keep this process from ending.
    process_.unref()
    process_.channel?.unref()
    say({ says: 'orders', orders: options.orders })
  }

  start()
  beat()
  return {
    pid: () => child?.pid ?? null,
    async stop() {
      stopped = true
      cancelBeat()
      cancelStart()
      const ending = child
      if (!ending || ending.exitCode !== null) return
      const gone = new Promise((resolve) => {
        ending.once('exit', resolve)
      })
      say({ says: 'stop' })
      await Promise.race([gone, clock.sleep(STOP_WITHIN_MS)])
      if (ending.exitCode === null) ending.kill('SIGKILL')
    },
  }
}
