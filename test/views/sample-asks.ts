import { z } from 'zod'
import type { StandIn } from '../../src/domain/absence.ts'
import { UserId } from '../../src/domain/ids.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import type { ApprovalWait, TaskWait } from '../../src/domain/wait.ts'
import type { AskSubject } from '../../views/cards/ask-card.ts'
import type { Mention } from '../../views/rich-text.ts'
import { base, decision, engine, entryId, minutes, olga, outline, sampleRun, T0, tim } from './sample-run.ts'

const TIM = UserId.parse('U0TIM')
const DAY = 24 * 60

const input = z.object({
  item: z.enum(['laptop', 'chair']).meta({ title: 'What?', labels: { laptop: 'Laptop' } }),
  manager: z.string().meta({ title: 'Manager', widget: 'user' }),
  neededOn: z.iso.date().meta({ title: 'Needed on' }),
  urgent: z.boolean().meta({ title: 'Urgent' }),
  note: z.string().optional().meta({ title: 'Note' }),
})
export const output = z.object({ orderNumber: z.string().meta({ title: 'Order number' }) })
const entered = { item: 'laptop', manager: 'U0TIM', neededOn: '2026-11-30', urgent: true }

const asked = { groups: [{ key: 'ops', title: 'Ops' }], people: ['ann@acme.example'], users: [TIM] }
export const approval: ApprovalWait = {
  kind: 'approval',
  since: T0,
  asked,
  quorum: 2,
  selfApproval: false,
  reminders: [],
  fallback: { at: minutes(DAY), asked: { groups: [{ key: 'managers', title: 'Managers' }], people: [], users: [] } },
  expiry: { at: minutes(3 * DAY), outcome: 'refuse' },
}
export const task: TaskWait = {
  kind: 'task',
  since: T0,
  asked,
  instructions: 'Order a laptop for Jane Doe.',
  reminders: [],
  dueAt: minutes(2 * DAY),
  overdue: false,
}

const OPAL = UserId.parse('U0OPAL')
const standIn: StandIn = {
  ...{ for: TIM, email: null, why: 'rules', since: T0, until: minutes(6 * DAY), over: false },
  asked: { groups: [], people: [], users: [UserId.parse('U0MONA')] },
}

const asks = { ...base('github-org'), wait: approval }
const does = { ...base('github-org'), wait: task }
const waiting = { status: 'waiting', startedAt: T0 } as const
const over = { at: minutes(13) }
const succeeded = { ...over, status: 'succeeded', startedAt: T0 } as const
const byTim = decision('approve')
const byOlga = decision('approve', { by: olga, entry: entryId(501) })

/** An approval in every state that its card can show. */
export const approvalStates: Record<string, Step> = {
  asked: { ...asks, ...waiting },
  half: { ...asks, ...waiting, decisions: [byTim] },
  away: {
    ...asks,
    ...waiting,
    wait: { ...approval, standIns: [standIn, { ...standIn, for: OPAL, over: true }] },
    decisions: [decision('approve', { by: olga, for: TIM, entry: entryId(502) })],
  },
  outOfReach: { ...asks, ...waiting, wait: { ...approval, short: minutes(5) } },
  handedOver: { ...asks, ...waiting, decisions: [decision('delegate', { to: olga, reason: 'I am away.' })] },
  endless: { ...asks, ...waiting, wait: { ...approval, fallback: null, expiry: null, selfApproval: true, quorum: 1 } },
  escalated: {
    ...asks,
    ...waiting,
    escalation: {
      status: 'open',
      by: engine,
      at: minutes(5),
      reason: 'Not enough people answered in time.',
      ticket: { key: 'OPS-12', url: 'https://acme.example/browse/OPS-12' },
    },
  },
  approved: {
    ...asks,
    ...succeeded,
    decisions: [byTim, byOlga],
    output: { approvedBy: ['U0TIM', 'U0OPS'], expired: false },
    markedBy: olga,
  },
  passed: { ...asks, ...succeeded, output: { approvedBy: [], expired: true }, markedBy: null },
  refused: {
    ...asks,
    ...over,
    status: 'refused',
    decisions: [decision('refuse', { reason: 'There is a spare one.' })],
    by: tim,
    reason: 'There is a spare one.',
  },
  expired: { ...asks, ...over, status: 'refused', by: engine, reason: 'Not enough people answered in time.' },
  cancelled: { ...asks, ...over, status: 'cancelled', decisions: [decision('cancel')] },
}

/** A task in every state that its card can show. */
export const taskStates: Record<string, Step> = {
  away: { ...does, ...waiting, wait: { ...task, standIns: [{ ...standIn, why: 'deactivated', until: null }] } },
  outOfReach: { ...does, ...waiting, wait: { ...task, short: minutes(5) } },
  asked: { ...does, ...waiting },
  overdue: { ...does, ...waiting, wait: { ...task, overdue: true } },
  endless: { ...does, ...waiting, wait: { ...task, dueAt: null } },
  handedOver: {
    ...does,
    ...waiting,
    wait: { ...task, asked: { groups: [], people: [], users: [UserId.parse('U0OPS')] } },
    decisions: [decision('reassign', { to: olga, reason: 'It is in her mailbox.' })],
  },
  done: {
    ...does,
    ...succeeded,
    decisions: [decision('complete')],
    output: { orderNumber: 'A-77' },
    markedBy: tim,
  },
  skipped: { ...does, ...over, status: 'skipped', by: tim, reason: 'She has one.', decisions: [decision('skip')] },
  cancelled: { ...does, ...over, status: 'cancelled', decisions: [decision('cancel')] },
}

export const mentions: Mention[] = [
  { kind: 'user', user: TIM },
  { kind: 'usergroup', id: 'S0OPS', name: 'Ops' },
  { kind: 'bold', text: 'ann@acme.example' },
]

export const timeStep: Step = {
  ...base('github-org'),
  ...waiting,
  wait: { kind: 'time', since: T0, until: minutes(10 * DAY), zone: 'Europe/Berlin' },
}

/** A run whose GitHub step is this one. */
export function runOf(step: Step): Run {
  const isOver = step.status === 'refused' || step.status === 'cancelled'
  const status = step.status === 'waiting' ? 'waiting' : isOver ? (step.status as 'refused' | 'cancelled') : 'running'
  const debts =
    step.status === 'skipped' ? [{ step: step.key, owner: tim, due: minutes(7 * DAY), reason: step.reason }] : []
  const cancel = { at: minutes(12), kind: 'cancel', step: null, by: tim, text: 'She has withdrawn.' } as const
  const history = status === 'cancelled' ? { history: [cancel] } : {}
  return sampleRun([step], { status, debts, input: entered, endedAt: isOver ? minutes(13) : null, ...history })
}

export const subjectOf = (step: Step): AskSubject => ({
  run: runOf(step),
  step,
  outline,
  input,
  output,
  asked: mentions,
})
