import type { Store } from '../../db/store.ts'
import { alertCard } from '../../views/cards/alert-card.ts'
import { type ShownCase, stormCard } from '../../views/cards/storm-card.ts'
import type { DrawContext, Drawing } from '../../views/drawing.ts'
import type { Alert, AlertCase, AlertCount } from '../domain/alert.ts'
import type { OtherCard } from '../domain/card.ts'
import type { SubjectId } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import type { Engine } from '../engine/decisions.ts'
import { goneWorkflow, type WorkflowDefinition } from '../engine/define-workflow.ts'

interface Ports {
  store: Store
  engine: Pick<Engine, 'run'>
  workflows: readonly WorkflowDefinition[]
  context(): DrawContext
}

interface ShownAlert {
  alert: Alert
  drawing: Drawing
  subjects: readonly SubjectId[]
  /** Of an alert about one run. */
  run: Run | null
  /** Since when the oldest is so of which nobody was told yet, in milliseconds since 1970; null when everybody knows. */
  origin: number | null
  /** How many these are. */
  tells: number
  /** Of those, what came since the second path told of it. */
  grown: Growth
}

/** What is not over of what came since people were told: how much, and since when the oldest is so. */
export interface Growth {
  things: number
  since: number | null
}

/** What stands on the card of a storm. */
const MOST_NAMED = 5

/** Draws the card of an alert; null when it is not there. */
export async function showAlert(ports: Ports, card: OtherCard): Promise<ShownAlert | null> {
  const { store } = ports
  const alert = await store.alert(card.team, card.about)
  if (!alert) return null
  const count = await store.countCases(card.team, alert.id)
  const news = await untold(store, { alert, card, count })
  if (count.total > 1) {
    const cases = await store.casesOf(card.team, alert.id, { skip: 0, limit: MOST_NAMED })
    const oldest = await Promise.all(cases.map((each) => showCase(ports, each)))
    const drawing = stormCard({ alert, count, oldest }, ports.context())
    const subjects = [...new Set(oldest.flatMap(({ run }) => (run ? [run.subject.id] : [])))]
    return { alert, drawing, subjects, run: null, ...news }
  }
  const { run, outline } = await showCase(ports, alert)
  const drawing = alertCard({ alert, run, outline }, ports.context())
  return { alert, drawing, subjects: run ? [run.subject.id] : [], run, ...news }
}

/** One of the things that an alert stands for, for somebody who may see it. */
export async function showCase(
  { engine, workflows }: Pick<Ports, 'engine' | 'workflows'>,
  of: Pick<AlertCase, 'team' | 'run' | 'step' | 'matter' | 'since'>,
): Promise<ShownCase> {
  const run = of.run === null ? null : await engine.run(of.team, of.run)
  const definition = run && (workflows.find(({ name }) => name === run.workflow) ?? goneWorkflow(run))
  return { of, run, outline: definition?.outline ?? null, isSeen: true }
}

/** A card that stands tells of what was added since it was last drawn; one that never stood, of everything. */
async function untold(
  store: Pick<Store, 'newCases'>,
  { alert, card, count }: { alert: Alert; card: OtherCard; count: AlertCount },
): Promise<Pick<ShownAlert, 'origin' | 'tells' | 'grown'>> {
  const behind = async (told: number): Promise<Growth> => {
    const { since, open } = await store.newCases(card.team, alert.id, told)
    return { since, things: open }
  }
  const grown = card.told ? await behind(Math.max(card.told.mark, card.painted)) : { since: null, things: 0 }
  if (card.painted === 0) return { origin: count.since ?? alert.since, tells: count.open, grown }
  if (card.staleSince === null) return { origin: null, tells: 0, grown }
  const { since, things } = await behind(card.painted)
  return { origin: since, tells: things, grown }
}
