import { type Alert, type AlertCase, causeOf, type Found } from '../domain/alert.ts'
import type { TrueAges } from '../domain/true-ages.ts'

/** So long after it last moved an alert takes in what else comes of its cause; later that is news, and has its own card. */
const STORM_MS = 900_000

/** What a look changes about one alert. */
export interface AlertMove {
  alert: Alert
  isNew: boolean
  added: AlertCase[]
  over: AlertCase[]
  /** How much of what it stands for is not over then. */
  left: number
}

interface Seen {
  /** Alerts that are not settled, and what is not over of what they stand for. */
  open: readonly Alert[]
  cases: readonly AlertCase[]
  /** What does not happen just now. */
  found: readonly Found[]
  now: number
  ages: Pick<TrueAges, 'since'>
}

/** Which alerts change: one for all that does not happen of one cause, however much of it there is. */
export function gatherAlerts({ open, cases, found, now, ages }: Seen): AlertMove[] {
  const moves = new Map(open.map((alert) => [keyOf(alert), moveOf(alert, false)]))
  const storms = new Map<string, AlertMove>()
  for (const move of moves.values())
    if (ages.since(move.alert.movedAt) < STORM_MS) storms.set(stormOf(move.alert), move)

  const present = new Set(found.map(keyOf))
  const known = new Set(cases.map(keyOf))
  for (const each of cases) {
    const move = moves.get(`${each.team}/${each.alert}`)
    if (!move) continue
    if (present.has(keyOf(each))) move.left += 1
    else move.over.push(each)
  }
  for (const each of found) {
    if (known.has(keyOf(each))) continue
    known.add(keyOf(each))
    const cause = causeOf(each.matter)
    const storm = `${each.team} ${cause}`
    const move = storms.get(storm) ?? moveOf(alertFor(each, { cause, now }), true)
    storms.set(storm, move)
    moves.set(keyOf(move.alert), move)
    move.added.push({ ...each, alert: move.alert.id, raisedAt: now, settledAt: null })
    move.left += 1
  }
  return [...moves.values()].filter(({ added, over, left }) => added.length + over.length > 0 || left === 0)
}

const keyOf = ({ team, id }: { team: string; id: string }): string => `${team}/${id}`
const stormOf = ({ team, cause }: Alert): string => `${team} ${cause}`
const moveOf = (alert: Alert, isNew: boolean): AlertMove => ({ alert, isNew, added: [], over: [], left: 0 })

/** A matter that comes again is told anew: it has another card than before. */
const alertFor = (first: Found, { cause, now }: { cause: string; now: number }): Alert => ({
  ...first,
  id: `${first.id}@${now.toString(36)}`,
  cause,
  raisedAt: now,
  movedAt: now,
  settledAt: null,
})
