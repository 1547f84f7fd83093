import type { Step, StepIn } from '../domain/run.ts'
import { approvalsIn } from '../domain/standing.ts'
import { type ApprovalWait, type TaskWait, union } from '../domain/wait.ts'
import { wakeEvent } from './apply-event.ts'
import { requestTicket } from './apply-ticket.ts'
import { carried, type Draft, ENGINE } from './draft-change.ts'
import { timeHasCome } from './open-wait.ts'

/** Does what has become due in a step that waits; true when something has. */
export function wakeWait(draft: Draft, step: Step): boolean {
  if (step.status !== 'waiting' || step.wait === null) return false
  const { wait } = step
  const { now } = draft.context
  switch (wait.kind) {
    case 'time':
      if (now < wait.until) return false
      timeHasCome(draft, step)
      return true
    case 'items':
    case 'run':
      return false
    case 'event':
      return wakeEvent(draft, step, wait)
    case 'task':
      return wakeTask(draft, step, wait)
    case 'approval':
      if (wait.expiry && now >= wait.expiry.at) expire(draft, step, wait)
      else return wakeApproval(draft, step, wait)
      return true
  }
}

function wakeTask(draft: Draft, step: StepIn<'waiting'>, wait: TaskWait): boolean {
  const { now } = draft.context
  const isOverdue = wait.dueAt !== null && !wait.overdue && now >= wait.dueAt
  const reminders = wait.reminders.filter((at) => at > now)
  if (!isOverdue && reminders.length === wait.reminders.length) return false
  draft.put({ ...step, wait: { ...wait, reminders, overdue: wait.overdue || isOverdue } })
  remind(draft, step, isOverdue ? 'overdue' : 'reminded')
  return true
}

function wakeApproval(draft: Draft, step: StepIn<'waiting'>, wait: ApprovalWait): boolean {
  const { now } = draft.context
  const others = wait.fallback && now >= wait.fallback.at ? wait.fallback : null
  const reminders = wait.reminders.filter((at) => at > now)
  if (!others && reminders.length === wait.reminders.length) return false
  const asked = others ? union(wait.asked, others.asked) : wait.asked
  draft.put({ ...step, wait: { ...wait, asked, reminders, fallback: others ? null : wait.fallback } })
  remind(draft, step, others ? 'widened' : 'reminded')
  return true
}

/** However many reminders were missed while nothing ran, people hear of it once. */
function remind(draft: Draft, { key }: Step, kind: 'reminded' | 'overdue' | 'widened'): void {
  draft.entry({ kind: `step.${kind}`, step: key })
  draft.tell({ kind, step: key, by: ENGINE, text: null })
  draft.markStep(key)
  draft.markRun(false)
}

/** Those who would be asked later are asked now. */
export const tellOfWidening = (draft: Draft, step: Step): void => remind(draft, step, 'widened')

const TOO_LATE = 'Not enough people answered in time.'

function expire(draft: Draft, step: StepIn<'waiting'>, wait: ApprovalWait): void {
  const { now } = draft.context
  const given = approvalsIn(step)
  draft.entry({
    kind: 'step.expired',
    step: step.key,
    facts: { outcome: wait.expiry?.outcome ?? 'refuse', approvals: given.length, quorum: wait.quorum },
  })
  const over: ApprovalWait = { ...wait, expiry: null, fallback: null, reminders: [] }
  switch (wait.expiry?.outcome) {
    case 'escalate':
      draft.put({ ...step, wait: over })
      requestTicket(draft, step.key, ENGINE, TOO_LATE)
      draft.markRun(false)
      return
    case 'approve': {
      const approvedBy = given.flatMap(({ by }) => (by.kind === 'person' ? [by.user] : []))
      const output = { approvedBy, expired: true }
      draft.put({
        ...carried(step),
        wait: over,
        status: 'succeeded',
        startedAt: step.startedAt,
        at: now,
        output,
        markedBy: null,
      })
      draft.entry({ kind: 'step.succeeded', step: step.key, facts: { expired: true }, body: { output } })
      draft.tell({ kind: 'approve', step: step.key, by: ENGINE, text: TOO_LATE })
      break
    }
    default:
      draft.put({ ...carried(step), wait: over, status: 'refused', at: now, by: ENGINE, reason: TOO_LATE })
      draft.entry({ kind: 'step.refused', step: step.key, facts: { expired: true } })
      draft.tell({ kind: 'refuse', step: step.key, by: ENGINE, text: TOO_LATE })
  }
  draft.markStep(step.key)
}
