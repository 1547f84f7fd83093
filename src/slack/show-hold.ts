import { holdCard } from '../../views/cards/hold-card.ts'
import type { Mention } from '../../views/rich-text.ts'
import type { OtherCard } from '../domain/card.ts'
import { type Hold, isOver } from '../domain/hold.ts'
import { HoldId } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import type { Rules } from '../rules/rules.ts'
import { unknownToSlack } from './reach.ts'
import type { Shown, ShowPorts } from './show-card.ts'
import { nobody } from './surface.ts'

/** Milliseconds for which the card waits for names and mentions: it is told without them rather than late. */
const NAMES_MS = 2_000

/** Draws the card of a pause, an incident or a brake, as it stands or as it ended. */
export async function showHold(ports: ShowPorts, card: OtherCard): Promise<Shown | null> {
  const id = HoldId.safeParse(card.about).data
  const hold = id && (await ports.engine.holds.find(card.team, id))
  if (!hold) return null
  const waiting = hold.status === 'closed' ? 0 : await ports.engine.holds.waiting(hold.id)
  const oldest = hold.kind === 'brake' && hold.status === 'open' ? await oldestOf(ports, hold) : []
  const { hasNames, mentions } = await learn(ports, hold, oldest)
  const drawing = holdCard({ hold, waiting, oldest, mentions }, ports.context())
  const about = { ...nobody(card.team), subjects: [...new Set(oldest.map(({ subject }) => subject.id))] }
  return { drawing, hasNames, about, since: hold.since, run: null, origin: alertOrigin(hold) }
}

const MOST_SHOWN = 5

/** The starts that have waited longest behind a brake; without those whose subject was erased. */
async function oldestOf({ store, engine }: ShowPorts, { id }: Hold): Promise<Run[]> {
  const rows = await store.runsHeldBy(id, MOST_SHOWN)
  const runs = await Promise.all(rows.map((row) => engine.run(row.team, row.id)))
  return runs.filter((run) => run !== null)
}

/** Since when it has been an alert; null for what a person did, and for what is over. */
const alertOrigin = (hold: Hold): number | null => (hold.kind === 'pause' || isOver(hold) ? null : hold.since)

/** Everybody whom a hold names. */
const actorsOf = (hold: Hold) => [
  hold.by,
  ...hold.decisions.map(({ by }) => by),
  ...(hold.release ? [hold.release.by] : []),
]

async function learn(
  { directory, rules, clock }: ShowPorts,
  hold: Hold,
  oldest: readonly Run[],
): Promise<{ hasNames: boolean; mentions: readonly Mention[] }> {
  const whom = { users: [], people: [], groups: responsible(hold, rules.current()) }
  const enough = new AbortController()
  const late = { hasNames: false, mentions: unknownToSlack(whom) }
  const tooLong = clock.sleep(NAMES_MS, enough.signal).then(
    () => late,
    () => late,
  )
  const all = Promise.all([
    directory.learn([...actorsOf(hold), ...oldest.map(({ startedBy }) => startedBy)]),
    directory.reach(hold.team, whom),
  ])
  const learnt = await Promise.race([all.then(([hasNames, mentions]) => ({ hasNames, mentions })), tooLong])
  enough.abort()
  return learnt
}

/** Whom an incident mentions, once: its card is posted once. */
function responsible({ kind, scope }: Hold, { incidents, groups }: Rules): { key: string; title: string }[] {
  if (kind === 'pause') return []
  return incidents
    .notify(scope.of === 'service' ? scope.service : '')
    .map((key) => ({ key, title: groups.find((group) => group.key === key)?.title ?? key }))
}
