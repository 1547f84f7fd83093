import type { StepKey } from '../domain/ids.ts'
import { outlineOf } from '../domain/outline.ts'
import { type Run, settled, stepOf } from '../domain/run.ts'
import { stepName, undoes } from '../domain/step-key.ts'
import { buildsOn, effectOf } from '../domain/undo-plan.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import { definitionOf } from './definition-of.ts'

/** Which steps that undo others can begin now, and which turn out to have nothing to undo. */
export function planUndo(definition: WorkflowDefinition, run: Run): { begin: StepKey[]; unneeded: StepKey[] } {
  const undoing = run.steps.filter(({ key }) => undoes(key) !== null)
  const open = new Set(undoing.filter((step) => !settled(step)).map(({ key }) => stepName(key)))
  const begin: StepKey[] = []
  const unneeded: StepKey[] = []
  for (const name of open) {
    if ([...buildsOn(definition.outline, name)].some((behind) => open.has(behind))) continue
    const these = undoing.filter(({ key }) => stepName(key) === name)
    const each = definitionOf(definition, name)
    const atOnce = each?.kind === 'each' ? each.concurrency : these.length
    let free = atOnce - these.filter(({ status }) => status === 'running').length
    for (const { key, status } of these) {
      const undone = stepOf(run, undoes(key) ?? key)
      // An attempt that is still on the wire may yet do something.
      if (status !== 'pending' || !undone || (undone.status === 'cancelled' && undone.attempt !== undefined)) continue
      const effect = effectOf(undone, outlineOf(definition.outline, name)?.makes)
      if (effect === 'none' || effect === 'there-before' || effect === 'added-to') unneeded.push(key)
      else if (free-- > 0) begin.push(key)
    }
  }
  return { begin, unneeded }
}
