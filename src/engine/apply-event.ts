import { PersonNeeded } from '../domain/errors.ts'
import type { Step, StepIn } from '../domain/run.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import type { EventWait } from '../domain/wait.ts'
import { advance } from './advance.ts'
import { requestTicket } from './apply-ticket.ts'
import { carried, type Draft, ENGINE } from './draft-change.ts'
import { plainKey } from './event-wait.ts'
import type { EventOf, Transition } from './events.ts'
import { failStep } from './fail-step.ts'
import { refused, tooLate } from './record-decision.ts'

/** Gives what came to the step that waits for it, or says why it does not count. */
export function eventCame(draft: Draft, event: EventOf<'event-came'>): Transition | null {
  const { run, context } = draft
  const step = run.steps.find((each) => each.key === event.step)
  if (!step) return refused('no-such-step', 'This run has no such step.', 'Look at the run with /process.')
  const { wait } = step
  const isFor = wait?.kind === 'event' && wait.event === event.event && plainKey(wait.key) === plainKey(event.key)
  if (step.status !== 'waiting' || !isFor) return tooLate(step)
  const payload = context.definition.steps.find(({ key }) => key === step.key)?.output.safeParse(event.payload)
  if (!payload?.success) {
    const issues = payload?.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')} ${message}`.trim())
    return refused(
      'payload-not-valid',
      `What came does not say what the step needs: ${issues?.join('; ') ?? 'the step is gone'}`,
      'Mark the step done by hand with the right values; or have the sender mend it and send it anew.',
    )
  }
  const { now } = context
  const output = payload.data
  draft.put({ ...carried(step), status: 'succeeded', startedAt: step.startedAt, at: now, output, markedBy: null })
  draft.entry({ kind: 'step.succeeded', by: event.by, step: step.key, facts: { item: event.item }, body: { output } })
  draft.tell({ kind: 'came', step: step.key, by: event.by, text: null })
  draft.deliver(event.inbox)
  if (step.alerted) draft.markFailure(step.key)
  advance(draft)
  return null
}

/** Does what has become due while an event does not come; true when something has. */
export function wakeEvent(draft: Draft, step: StepIn<'waiting'>, wait: EventWait): boolean {
  const { now } = draft.context
  if (wait.deadline && now >= wait.deadline.at) {
    tooLong(draft, step, wait)
    return true
  }
  if (wait.expectedBy === null || wait.overdue || now < wait.expectedBy) return false
  draft.put({ ...step, wait: { ...wait, overdue: true } })
  draft.entry({ kind: 'step.overdue', step: step.key, facts: { event: wait.event } })
  draft.markRun(false)
  return true
}

function tooLong(draft: Draft, step: StepIn<'waiting'>, wait: EventWait): void {
  const { now } = draft.context
  const outcome = wait.deadline?.outcome ?? 'fail'
  const over: Step = { ...step, wait: { ...wait, deadline: null, overdue: true } }
  draft.entry({ kind: 'step.expired', step: step.key, facts: { event: wait.event, outcome } })
  draft.markRun(outcome === 'fail')
  switch (outcome) {
    case 'fail':
      draft.put(over)
      failStep(draft, step.key, toStepFailure(didNotCome(wait)))
      return
    case 'not-needed':
      draft.put({ ...carried(over), status: 'not-needed', at: now, because: 'rule' })
      draft.entry({ kind: 'step.not-needed', step: step.key, facts: { because: 'deadline' } })
      if (step.alerted) draft.markFailure(step.key)
      return
    case 'escalate':
      draft.put(over)
      requestTicket(draft, step.key, ENGINE, didNotCome(wait).message)
  }
}

const didNotCome = ({ event, key }: EventWait): PersonNeeded =>
  new PersonNeeded({
    code: 'event-did-not-come',
    message: `${event} (${key}) did not come in time.`,
    hint: 'Ask whoever was to send it. Retry waits for it anew; when it has happened all the same, mark the step done.',
  })
