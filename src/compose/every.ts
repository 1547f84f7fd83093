import type { Clock } from '../clock.ts'

export interface Repeated {
  start(): void
  stop(): Promise<void>
}

/** Works at once, and again each time so long after it was done. */
export function every(clock: Pick<Clock, 'after'>, ms: number, work: () => Promise<void>): Repeated {
  let cancel = (): void => undefined
  let stopped = false
  let working: Promise<void> = Promise.resolve()
  const round = (): void => {
    working = work().then(() => {
      if (!stopped) cancel = clock.after(ms, round)
    })
  }
  return {
    start: round,
    async stop() {
      stopped = true
      cancel()
      await working
    },
  }
}
