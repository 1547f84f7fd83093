import { type CardMark, joinMarks } from '../domain/card.ts'
import type { CardId } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import type { EventAnswer, RunChange, RunEvent, TransitionContext } from './events.ts'
import { transition } from './transition.ts'

/** What events bring about in a run, one after the other, as one change: null when they change nothing. Pure. */
export function applyEvents(
  run: Run,
  events: readonly RunEvent[],
  context: TransitionContext,
): { change: RunChange | null; answers: EventAnswer[] } {
  const change: RunChange = { run, entries: [], cards: [], work: [], children: [], inbox: [] }
  const cards = new Map<CardId, CardMark>()
  const answers = events.map((event): EventAnswer => {
    const decided = transition(change.run, event, context)
    if (decided.kind !== 'change') return { ...decided, run: change.run }
    change.run = decided.change.run
    change.entries.push(...decided.change.entries)
    change.work.push(...decided.change.work)
    change.children.push(...decided.change.children)
    if (decided.change.begins) change.begins = decided.change.begins
    change.inbox.push(...decided.change.inbox)
    const pressed = isPressed(event) ? { clicked: true as const } : {}
    for (const mark of decided.change.cards) cards.set(mark.id, joinMarks(cards.get(mark.id), { ...mark, ...pressed }))
    return { kind: 'changed', run: change.run }
  })
  change.cards.push(...cards.values())
  return { change: answers.some(({ kind }) => kind === 'changed') ? change : null, answers }
}

/** Somebody waits to see what became of it; not so with each of many that were retried at once. */
const isPressed = (event: RunEvent): boolean =>
  event.kind === 'decided' && event.actor.kind === 'person' && !('bulk' in event.decision && event.decision.bulk)
