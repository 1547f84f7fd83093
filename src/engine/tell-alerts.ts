import type { AlertWrite, Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import type { AlertCase } from '../domain/alert.ts'
import { alertCardId, type CardMark } from '../domain/card.ts'
import type { StoredEntry } from '../domain/entry.ts'
import type { Ids } from '../domain/ids.ts'
import type { TrueAges } from '../domain/true-ages.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RulesBook } from '../rules/rules.ts'
import type { AlertMove } from './gather-alerts.ts'

/** An alert about many things is settled when none came for so long: in a storm there is none for a moment, now and then. */
const QUIET_MS = 120_000
/** Of an alert that are written in one commit. */
const AT_ONCE = 100

interface Ports {
  store: Pick<Store, 'commit' | 'countCases'>
  ledger: Pick<Ledger, 'entry'>
  rules: RulesBook
  clock: Clock
  ages: Pick<TrueAges, 'since'>
  ids: Ids
}

/** Writes what a look changes about one alert, with its card and an entry for each thing; false when that is nothing. */
export async function tellAlert(ports: Ports, move: AlertMove): Promise<boolean> {
  const { alert, isNew, added, over } = move
  const at = ports.clock.now()
  const isSettled = await settlesNow(ports, move)
  const cases = [...added.map((each) => ({ each, isOver: false })), ...over.map((each) => ({ each, isOver: true }))]
  if (cases.length === 0 && !isSettled) return false
  for (let from = 0; from === 0 || from < cases.length; from += AT_ONCE) {
    const part = cases.slice(from, from + AT_ONCE)
    const isLast = from + AT_ONCE >= cases.length
    const alerts: AlertWrite[] = [
      ...(isNew && from === 0 ? [{ kind: 'raise', alert } as const] : []),
      // Not before the mark of its card: by that the card knows what it has not told yet.
      ...part.map(
        ({ each, isOver }): AlertWrite =>
          isOver ? overOf(each, at) : { kind: 'case', case: { ...each, raisedAt: at } },
      ),
      ...(isLast && isSettled ? [{ kind: 'settle', team: alert.team, id: alert.id, at } as const] : []),
    ]
    const entries = part.map(({ each, isOver }) => entryOf(ports, each, { at, isOver }))
    await ports.store.commit({ at, entries, alerts, cards: [markOf(ports, move)] })
  }
  return true
}

const overOf = ({ team, alert, id }: AlertCase, at: number): AlertWrite => ({
  kind: 'case-over',
  case: { team, alert, id },
  at,
})

/** One thing alone is over when it is; many are when it has been quiet. */
async function settlesNow({ store, ages }: Ports, { alert, over, left }: AlertMove): Promise<boolean> {
  if (left > 0) return false
  const { total } = await store.countCases(alert.team, alert.id)
  return total <= 1 || (over.length === 0 && ages.since(alert.movedAt) >= QUIET_MS)
}

const markOf = ({ rules }: Ports, { alert }: AlertMove): CardMark => ({
  ...{ id: alertCardId(alert.id), team: alert.team, kind: 'alert', about: alert.id, line: null, urgent: true },
  ...{ run: alert.run, step: alert.step, channel: rules.current().channel('alerts', '') },
})

const entryOf = (
  { ledger, ids }: Ports,
  { team, run, step, matter }: AlertCase,
  { at, isOver }: { at: number; isOver: boolean },
): StoredEntry =>
  ledger.entry({
    ...{ id: ids.entry(), at, team, kind: isOver ? 'alert.settled' : 'alert.raised' },
    ...{ actor: actorText({ kind: 'machine', part: 'watch' }), subjects: [] },
    ...(run ? { run } : {}),
    ...(step ? { step } : {}),
    facts: { matter: matter.kind },
  })
