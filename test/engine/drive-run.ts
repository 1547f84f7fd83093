import { expect } from 'vitest'
import type { Seconded } from '../../src/domain/proposal.ts'
import { ended, itemsOf, type Run, stepOf } from '../../src/domain/run.ts'
import type { Asked, AtExpiry } from '../../src/domain/wait.ts'
import type { WorkflowDefinition } from '../../src/engine/define-workflow.ts'
import type { FreshRun, RunEvent } from '../../src/engine/events.ts'
import { newStep } from '../../src/engine/new-step.ts'
import { transition } from '../../src/engine/transition.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { JOHN, TEAM, testIds } from '../support/test-ids.ts'
import { testRules } from '../support/test-rules.ts'
import { type HandedOut, throughDisk } from './random-runs.ts'
import { checkAnswer, checkChange, checkStandIns, checkState } from './run-invariants.ts'

/** Two of the managers; reminders, others who are asked later, and an end, each within a story's time. */
const HOUR = 3_600_000
const OPS = { groups: [{ key: 'ops', title: 'Ops' }], people: [], users: [] }
const approval = {
  quorum: 2,
  remindAfterMs: [HOUR / 4, HOUR / 2],
  fallback: { afterMs: HOUR, asked: OPS },
}
const task = { dueAfterMs: HOUR / 2, remindAfterMs: [HOUR / 4] }

export const counted = new Map<string, number>()
export const count = (what: string): void => {
  counted.set(what, (counted.get(what) ?? 0) + 1)
}

export const WATCHED = new Set<string>([
  'decision.approve',
  'decision.refuse',
  'decision.delegate',
  'decision.complete',
  'decision.reassign',
  'decision.take-over',
  'decision.edit',
  'today’s rules',
  'decision.restart',
  'run.adopted',
  'decision.propose',
  'decision.withdraw',
  'decision.close-debt',
  'decision.hand-over-debt',
  'step.reminded',
  'step.overdue',
  'step.widened',
  'step.expired',
  'step.undone',
  'step.rerouted',
  'step.returned',
  'step.out-of-reach',
  'debt.rerouted',
])

/** A run in memory to which events are told one after the other, each checked. */
export function drive(
  definition: WorkflowDefinition,
  given: AtExpiry | { outcome: AtExpiry; asked: Asked },
  second: readonly Seconded[] = [],
) {
  const { outcome, ...whom } = typeof given === 'string' ? { outcome: given } : given
  const clock = createFakeClock()
  const ids = testIds(clock)
  const parts: Parameters<typeof testRules>[0] = {
    policy: { backOffMs: [60_000], atTheEnd: 'escalate' },
    approval: { ...approval, ...whom, expiry: { afterMs: 2 * HOUR, outcome } },
    task,
    second,
  }
  const rules = testRules(parts)
  const today = testRules({ ...parts, version: 2 })
  const situation = { definition, rules }
  const handed: HandedOut[] = []
  let run: Run = fresh(definition, clock.now(), ids)

  /** The run with which one that is given up goes on. */
  const anew = (): FreshRun => {
    const next = { ...fresh(situation.definition, clock.now(), ids), restartOf: run.id }
    const subject = { ...run.subject, team: TEAM }
    return { ...situation, run: next, subject, startKey: `restart/${run.id}` }
  }

  const tell = (told: RunEvent): void => {
    const event = told.kind === 'decided' && told.decision.kind === 'restart' ? { ...told, next: anew() } : told
    if (event.kind === 'deployed') {
      const version = situation.definition.version + 1
      situation.definition = { ...definition, version, shape: `shape ${version}` }
    }
    freeze(run)
    const answer = transition(run, event, { ...situation, today, now: clock.now(), ids })
    checkAnswer(run, event, answer)
    const isLate = answer.kind === 'change' && answer.change.run === run
    count(isLate ? 'late' : answer.kind)
    if (answer.kind !== 'change') return
    checkChange(run, event, answer.change)
    if (ended(answer.change.run) && !ended(run)) count('run ended')
    if (answer.change.run.rules !== run.rules) count('today’s rules')
    if (answer.change.run.status === 'cancelling' && run.status !== 'cancelling') count('undoing')
    for (const { key, status } of answer.change.run.steps) {
      if (status === 'succeeded' && stepOf(run, key)?.status === 'waiting' && itemsOf(run, key).length > 0)
        count('each')
    }
    if (event.kind === 'child-ended') count(`run ${event.status}`)
    if (answer.change.run.status === 'cancelled' && run.status !== 'cancelled') count('cancelled')
    for (const { kind } of answer.change.entries) if (WATCHED.has(kind)) count(kind)
    for (const work of answer.change.work)
      if (work.kind === 'attempt' || work.kind === 'ticket') handed.push({ ...work })
    run = answer.change.run
    expect(throughDisk(run)).toEqual(run)
    checkState(run, situation)
    if (event.kind === 'whereabouts') checkStandIns(run, event.where)
  }
  tell({ kind: 'begun' })
  return {
    clock,
    handed,
    tell,
    run: () => run,
    restart: () => {
      run = throughDisk(run)
    },
  }
}

function fresh(definition: WorkflowDefinition, now: number, ids: ReturnType<typeof testIds>): Run {
  return {
    id: ids.run(),
    team: TEAM,
    workflow: definition.name,
    definition: 1,
    rules: 1,
    subject: { id: ids.subject(), key: 'jane@acme.example', label: 'Jane Doe' },
    input: {},
    status: 'running',
    version: 0,
    steps: definition.steps.map(({ key }) => newStep(key)),
    startedAt: now,
    startedBy: JOHN,
    endedAt: null,
    debts: [],
    history: [],
  }
}

/** A transition that writes into the run it was given is not pure; this makes it throw. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const part of Object.values(value)) freeze(part)
}
