import type { Actor } from '../domain/actor.ts'
import type { Step } from '../domain/run.ts'
import { advance } from './advance.ts'
import { carried, type Draft, ENGINE } from './draft-change.ts'
import { recordDecision } from './record-decision.ts'

/** Makes a step somebody's own for a while: Purser tries no more by itself, and waits for their decision. */
export function takeOver(draft: Draft, step: Step, actor: Actor): null {
  const { now, rules } = draft.context
  const decided = recordDecision(draft, step, actor, { kind: 'take-over', reason: null })
  const owner = { by: actor, since: now, until: now + rules.takeOverMs }
  if (step.status === 'backing-off') {
    draft.put({ ...carried(decided), owner, status: 'failed', at: now, failing: step.failing })
  } else draft.put({ ...decided, owner })
  draft.tell({ kind: 'take-over', step: step.key, by: actor, text: null })
  advance(draft)
  return null
}

/** Ends what somebody took over and let lie: the card says that it is nobody's again. */
export function lapse(draft: Draft, { key }: Step): boolean {
  const { owner, ...step } = draft.step(key)
  if (!owner || draft.context.now < owner.until) return false
  draft.put(step)
  draft.entry({ kind: 'step.lapsed', step: key })
  draft.tell({ kind: 'lapsed', step: key, by: ENGINE, to: owner.by, text: null })
  draft.markStep(key)
  draft.markRun(false)
  return true
}
