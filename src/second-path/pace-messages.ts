/** Messages that may leave one after another before they are gathered to one a minute. */
const BURST = 3
const ONE_EVERY_MS = 60_000

/** How many messages are free, and since when that has been counted; times are of the elapsed time. */
export interface Pace {
  free: number
  since: number
}

export const freshPace = (now: number): Pace => ({ free: BURST, since: now })

/** One more is free for each minute that went by, up to the burst. */
function refill({ free, since }: Pace, now: number): Pace {
  const minutes = Math.floor((now - since) / ONE_EVERY_MS)
  return free + minutes >= BURST ? freshPace(now) : { free: free + minutes, since: since + minutes * ONE_EVERY_MS }
}

/** After a message; null when it has to wait. */
export function takeOne(pace: Pace, now: number): Pace | null {
  const { free, since } = refill(pace, now)
  return free === 0 ? null : { free: free - 1, since }
}
