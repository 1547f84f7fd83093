import type { StepFailure } from '../domain/run.ts'
import { applyEvents } from './apply-events.ts'
import { type BegunChild, type ChildPorts, decideWithChildren } from './begin-children.ts'
import type { FreshRun, RunChange } from './events.ts'

/** A run that begins as another ends, with those that its steps begin at once. */
export interface BegunNext {
  fresh: FreshRun
  change: RunChange
  children: BegunChild[]
}

/** Begins the run with which a restart goes on; it is committed with the end of the old one. */
export async function beginNext(
  ports: ChildPorts,
  fresh: FreshRun,
  refused: Map<string, StepFailure>,
): Promise<BegunNext> {
  const { run, definition, rules } = fresh
  const { decided, children } = await decideWithChildren(ports, {
    decide: (refusedStarts) =>
      applyEvents(run, [{ kind: 'begun' }], {
        definition,
        rules,
        now: ports.clock.now(),
        ids: ports.ids,
        holds: ports.holds(),
        refusedStarts,
      }),
    refused,
    path: 'next>',
  })
  if (decided.change === null) throw new Error(`run ${run.id} could not begin`)
  return { fresh, change: decided.change, children }
}
