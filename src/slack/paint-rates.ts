/** How often Slack lets us post and change; a bucket that fills by itself. */
interface Rate {
  /** Milliseconds until one may be taken; 0 takes it. */
  take(now: number, mayUseReserve: boolean): number
}

/**
 * A token bucket of `burst`, refilled at `perMinute`; `reserved` of it is kept, so that neither progress nor
 * runs that end stand in the way of a failure or of somebody's click.
 */
function createRate(limits: { perMinute: number; burst: number; reserved: number }): Rate {
  let tokens = limits.burst
  let filledAt = 0
  return {
    take(now, mayUseReserve) {
      const everyMs = 60_000 / limits.perMinute
      tokens = Math.min(limits.burst, tokens + (now - filledAt) / everyMs)
      filledAt = now
      const needed = 1 + (mayUseReserve ? 0 : limits.reserved)
      if (tokens >= needed) {
        tokens -= 1
        return 0
      }
      return Math.ceil((needed - tokens) * everyMs)
    },
  }
}

export interface PaintLimits {
  /** Messages a minute in one channel. */
  postsPerMinute: number
  /** `chat.update` a minute in one workspace. */
  updatesPerMinute: number
  /** Milliseconds between two drawings of one card, for what machines did. */
  coalesceMs: number
}

/** What Slack documents: about one message a second in a channel, some fifty updates a minute in a workspace. */
export const SLACK_PAINT_LIMITS: PaintLimits = { postsPerMinute: 60, updatesPerMinute: 50, coalesceMs: 1_000 }

/** The buckets of all channels and workspaces. */
export function createPaintRates(limits: PaintLimits) {
  const posts = new Map<string, Rate>()
  const updates = new Map<string, Rate>()
  const rateOf = (rates: Map<string, Rate>, key: string, perMinute: number): Rate => {
    const known = rates.get(key)
    if (known) return known
    const burst = Math.max(6, Math.round(perMinute / 3))
    const rate = createRate({ perMinute, burst, reserved: Math.round(burst / 3) })
    rates.set(key, rate)
    return rate
  }
  return {
    post: (team: string, channel: string) => rateOf(posts, `${team}/${channel}`, limits.postsPerMinute),
    update: (team: string) => rateOf(updates, team, limits.updatesPerMinute),
  }
}
