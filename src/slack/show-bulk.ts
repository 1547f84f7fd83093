import { bulkCard, namedOnCard } from '../../views/cards/bulk-card.ts'
import type { OtherCard } from '../domain/card.ts'
import { BulkId } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import { withOutlines } from './ask/list-runs.ts'
import type { Shown, ShowPorts } from './show-card.ts'

/** Draws the card of a bulk retry, as far as it is. */
export async function showBulk(ports: ShowPorts, card: OtherCard): Promise<Shown | null> {
  const id = BulkId.safeParse(card.about).data
  const bulk = id && (await ports.engine.bulks.find(card.team, id))
  if (!bulk) return null
  const runs = new Map<Run['id'], Run>()
  for (const { run } of namedOnCard(bulk)) {
    const found = runs.has(run) ? null : await ports.engine.run(card.team, run)
    if (found) runs.set(run, found)
  }
  const hasNames = await ports.directory.learn([bulk.by, ...(bulk.stopped ? [bulk.stopped.by] : [])])
  const drawing = bulkCard({ bulk, runs: withOutlines(ports, [...runs.values()]) }, ports.context())
  const subjects = [...new Set([...runs.values()].map(({ subject }) => subject.id))]
  const about = { team: card.team, subjects, run: null, step: null }
  return { drawing, hasNames, about, since: bulk.since, run: null, origin: bulk.since }
}
