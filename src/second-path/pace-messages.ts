/** Messages that may leave one after another before they are gathered to one a minute. */
const BURST = 3
const ONE_EVERY_MS = 60_000

interface Pace {
  free: number
  since: number
}

/** One more is free for each minute that went by, up to the burst. */
function refill({ free, since }: Pace, now: number): Pace {
  const minutes = Math.floor((now - since) / ONE_EVERY_MS)
  if (free + minutes >= BURST) return { free: BURST, since: now }
  return { free: free + minutes, since: since + minutes * ONE_EVERY_MS }
}

/** Whether one more may leave, by the times at which earlier ones did, oldest first; in milliseconds since 1970. */
export function mayLeave(earlier: readonly number[], now: number): boolean {
  let pace: Pace = { free: BURST, since: earlier[0] ?? now }
  for (const at of earlier) {
    const { free, since } = refill(pace, at)
    pace = { free: Math.max(0, free - 1), since }
  }
  return refill(pace, now).free > 0
}
