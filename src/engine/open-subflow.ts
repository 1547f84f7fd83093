import { PermanentFailure, PersonNeeded } from '../domain/errors.ts'
import type { RunId, StepKey } from '../domain/ids.ts'
import { shortId } from '../domain/ids.ts'
import type { StepFailure, StepIn } from '../domain/run.ts'
import type { RunStatus } from '../domain/run-status.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import { undoes } from '../domain/step-key.ts'
import type { RunWait } from '../domain/wait.ts'
import type { SubflowStep } from './define-workflow.ts'
import { carried, type Draft, ENGINE } from './draft-change.ts'
import { failStep } from './fail-step.ts'
import { knownTo } from './known.ts'

/** Begins a run of another workflow in the same change, and waits for its end. */
export function openSubflow(draft: Draft, definition: SubflowStep): void {
  const { run, context } = draft
  const { key, workflow } = definition
  const step = draft.step(key)
  const refused = context.refusedStarts?.get(key)
  const input = inputFor(draft, definition)
  const failure = refused ?? input.failure
  if (failure) {
    failStep(draft, key, failure)
    return
  }
  const { now } = context
  const child = context.ids.run()
  const number = step.attempts + 1
  const wait: RunWait = { kind: 'run', since: now, run: child, workflow: workflow.name, title: workflow.title }
  draft.put({ ...carried(step), attempts: number, wait, status: 'waiting', startedAt: now })
  // A step that is tried again begins a run of its own; one that is repeated after a crash never a second.
  const startKey = `subflow/${run.id}/${key}/${number}`
  draft.begin({ run: child, step: key, workflow: workflow.name, input: input.given, startKey })
  draft.entry({ kind: 'step.waiting', step: key, facts: { for: 'run', run: child, workflow: workflow.name } })
  draft.tell({ kind: 'run-begun', step: key, by: ENGINE, text: shortId(child) })
}

function inputFor({ run, context }: Draft, definition: SubflowStep) {
  try {
    return { failure: null, given: checked(definition, definition.start(knownTo(run, context.rules))) }
  } catch (error) {
    return { failure: toStepFailure(error), given: null }
  }
}

function checked({ title, workflow }: SubflowStep, given: unknown): unknown {
  const input = workflow.input.safeParse(given)
  if (input.success) return given
  const issue = input.error.issues[0]
  throw new PermanentFailure({
    code: 'input-does-not-fit',
    message: `${title}: ${workflow.title} cannot begin with this: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    hint: 'What was entered does not fit. Cancel the run and start it anew, or skip the step.',
  })
}

/** How a run ended that a step began. */
export interface ChildEnd {
  run: RunId
  status: RunStatus
  debts: number
  /** Why it was refused or cancelled. */
  reason: string | null
}

/** Settles the step that waited for this run; false when none does. */
export function childEnded(draft: Draft, end: ChildEnd): boolean {
  const step = draft.run.steps.find(
    (each): each is StepIn<'waiting'> =>
      each.status === 'waiting' && each.wait?.kind === 'run' && each.wait.run === end.run,
  )
  if (!step) return false
  const { now } = draft.context
  const { key, startedAt } = step
  const facts = { run: end.run, status: end.status }
  if (step.alerted) draft.markFailure(key)
  if (undoes(key) !== null && end.status !== 'cancelled') failStep(draft, key, endedBefore(step, end))
  else if (undoes(key) !== null) {
    draft.put({ ...carried(step), status: 'succeeded', startedAt, at: now, output: {}, markedBy: null })
    draft.entry({ kind: 'step.undone', step: key, facts })
    draft.tell({ kind: 'undone', step: key, by: ENGINE, text: null })
  } else if (end.status === 'refused') {
    const reason = end.reason ?? 'It was refused there.'
    draft.put({ ...carried(step), status: 'refused', at: now, by: ENGINE, reason })
    draft.entry({ kind: 'step.refused', step: key, facts })
    draft.tell({ kind: 'refuse', step: key, by: ENGINE, text: reason })
  } else if (end.status === 'cancelled') failStep(draft, key, cancelledThere(step, end))
  else {
    const output = { run: end.run, debts: end.debts }
    draft.put({ ...carried(step), status: 'succeeded', startedAt, at: now, output, markedBy: null })
    draft.entry({ kind: 'step.succeeded', step: key, facts: { ...facts, debts: end.debts }, body: { output } })
  }
  return true
}

/** A cancelled run says nothing of what was asked of it: what follows is for a person to say. */
function cancelledThere({ wait }: StepIn<'waiting'>, { run, reason }: ChildEnd): StepFailure {
  const title = wait?.kind === 'run' ? wait.title : 'The other run'
  return toStepFailure(
    new PersonNeeded({
      code: 'subflow-cancelled',
      message: `${title} (run ${shortId(run)}) was cancelled${reason === null ? '.' : `: ${reason}`}`,
      hint: 'Retry begins it anew. If it is not wanted any more, skip the step or cancel this run.',
    }),
  )
}

const endedBefore = ({ wait }: StepIn<'waiting'>, { run }: ChildEnd): StepFailure =>
  toStepFailure(
    new PersonNeeded({
      code: 'subflow-ended',
      message: `${wait?.kind === 'run' ? wait.title : 'The other run'} (run ${shortId(run)}) had ended before it could be cancelled: what it did stands.`,
      hint: 'Open that run, undo by hand what has to be, and mark this step done.',
    }),
  )

/** Has the run cancelled that this step's subflow began, with what it did undone, and waits for its end. */
export function openEndRun(draft: Draft, key: StepKey): void {
  const { run, context } = draft
  const wait = draft.step(undoes(key) ?? key).wait
  if (wait?.kind !== 'run') return
  const step = draft.step(key)
  draft.put({ ...carried(step), wait: { ...wait, since: context.now }, status: 'waiting', startedAt: context.now })
  draft.entry({ kind: 'step.waiting', step: key, facts: { for: 'run', run: wait.run, workflow: wait.workflow } })
  draft.hand({ kind: 'kin', parent: run.id, child: wait.run })
}
