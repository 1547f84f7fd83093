import type { Clock } from '../clock.ts'

/** By so much, in milliseconds, the time of day may stray from the one that never jumps without having been set. */
const STRAY_MS = 1_000
/** Times at which the clock was set that are remembered. */
const MOST = 20
/** Moments of which it is remembered how long ago they are. */
const MOST_ASKED = 20_000

/** A stretch in which nobody set the clock; what it showed at its end, and what never jumps then. */
interface Stretch {
  from: number
  to: number
  end: number
}

/** How long ago something was, also when people set the clock meanwhile. */
export interface TrueAges {
  /** Compares the two clocks; true when the time of day was set since the last look. Each question looks, too. */
  look(): boolean
  /** Milliseconds since the clock showed `at`, or was set beyond it; what nobody has seen it show yet is 0. */
  since(at: number): number
  /** What it would show if it had not been set back, in milliseconds since 1970. */
  furthest(): number
}

/** By what it sees at its looks: of times before the first it knows what the clock says alone. */
export function createTrueAges({ now, elapsed }: Pick<Clock, 'now' | 'elapsed'>): TrueAges {
  const past: Stretch[] = []
  /** What was asked for already: a clock that was set back shows the same time twice. */
  const asked = new Map<number, number>()
  let from = Number.NEGATIVE_INFINITY
  let began = elapsed()
  let last = { wall: now(), passed: began }

  const look = (): boolean => {
    const seen = { wall: now(), passed: elapsed() }
    const passed = seen.passed - last.passed
    const isSet = Math.abs(seen.wall - last.wall - passed) > STRAY_MS
    if (isSet) {
      past.unshift({ from, to: last.wall, end: last.passed })
      past.length = Math.min(past.length, MOST)
      // It was set right behind the last look, for all that is known.
      from = seen.wall - passed
      began = last.passed
    }
    last = seen
    return isSet
  }
  const ageOf = (at: number): number | null => {
    const { wall, passed } = last
    if (at >= from && at <= wall) return wall - at
    const shown = past.find((stretch) => at >= stretch.from && at <= stretch.to)
    if (shown) return passed - shown.end + shown.to - at
    return at < from ? passed - began : null
  }
  return {
    look,
    since(at) {
      look()
      const known = asked.get(at)
      if (known !== undefined) return last.passed - known
      const age = ageOf(at)
      if (age === null) return 0
      asked.set(at, last.passed - age)
      const [oldest] = asked.keys()
      if (oldest !== undefined && asked.size > MOST_ASKED) asked.delete(oldest)
      return age
    },
    furthest() {
      look()
      return Math.max(last.wall, ...past.map(({ to, end }) => to + last.passed - end))
    },
  }
}
