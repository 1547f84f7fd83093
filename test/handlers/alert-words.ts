import { alertCardId } from '../../src/domain/card.ts'
import { createWatch } from '../../src/engine/watch.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { showCard } from '../../src/slack/show-card.ts'
import { expectMessage, wordsOf } from '../views/drawn.ts'
import { OLGA, type openHandlers } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

/** What the card of an alert says, once the watch has looked; of the one that stands, or stood before. */
export async function alertWords(at: At, before: string | null = null): Promise<{ id: string; words: string }> {
  const { store, ledger, clock, ids, rules, workflows } = at.ports
  const watch = createWatch({
    ...{ store, ledger, clock, ids, rules, workflows, keys: at.keys, engine: at.engine, team: OLGA.team },
    outOfReach: () => at.kept.outOfReach(),
    onStale: () => undefined,
    onError(error) {
      throw error
    },
  })
  watch.start()
  await at.clock.advance(16_000)
  await watch.stop()
  const [open] = await store.openAlerts()
  const id = before ?? open?.id ?? ''
  const card = await store.card(OLGA.team, alertCardId(id))
  if (!card) throw new Error('there is no card of an alert')
  const shown = await showCard({ ...at.ports, context: () => drawContext(at.ports) }, card)
  if (!shown?.drawing) throw new Error('there is nothing to show')
  expectMessage(shown.drawing)
  return { id, words: wordsOf(shown.drawing.blocks) }
}
