import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Seconded } from '../../src/domain/proposal.ts'
import { ended, itemsOf, type Run, type Step, stepOf } from '../../src/domain/run.ts'
import { undoes, undoKey } from '../../src/domain/step-key.ts'
import { undoPlan } from '../../src/domain/undo-plan.ts'
import type { AtExpiry } from '../../src/domain/wait.ts'
import type { WorkflowDefinition } from '../../src/engine/define-workflow.ts'
import type { RunEvent } from '../../src/engine/events.ts'
import { transition } from '../../src/engine/transition.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { JANE, JOHN, TEAM, testIds } from '../support/test-ids.ts'
import { testRules } from '../support/test-rules.ts'
import { eventsOf, type HandedOut, happenings, shapes, throughDisk, VOTERS, workflowOf } from './random-runs.ts'
import { checkAnswer, checkChange, checkState } from './run-invariants.ts'

/** Two of the managers; reminders, others who are asked later, and an end, each within a story's time. */
const HOUR = 3_600_000
const OPS = { groups: [{ key: 'ops', title: 'Ops' }], people: [], users: [] }
const approval = {
  quorum: 2,
  remindAfterMs: [HOUR / 4, HOUR / 2],
  fallback: { afterMs: HOUR, asked: OPS },
}
const outcomes = fc.constantFrom('refuse', 'approve', 'escalate')
const task = { dueAfterMs: HOUR / 2, remindAfterMs: [HOUR / 4] }

const counted = new Map<string, number>()
const count = (what: string): void => {
  counted.set(what, (counted.get(what) ?? 0) + 1)
}

const WATCHED = new Set<string>([
  'decision.approve',
  'decision.refuse',
  'decision.delegate',
  'decision.complete',
  'decision.reassign',
  'decision.take-over',
  'decision.propose',
  'decision.withdraw',
  'decision.close-debt',
  'decision.hand-over-debt',
  'step.reminded',
  'step.overdue',
  'step.widened',
  'step.expired',
  'step.undone',
])

afterAll(() => {
  console.info(`random runs: ${[...counted].map(([what, times]) => `${times} ${what}`).join(', ')}`)
  for (const what of WATCHED) expect(counted.get(what) ?? 0, what).toBeGreaterThan(2)
  for (const what of [
    'restart',
    'change',
    'late',
    'too-late',
    'refused',
    'nothing',
    'run ended',
    'cancelled',
    'undoing',
    'each',
    'run succeeded',
    'run refused',
  ]) {
    expect(counted.get(what) ?? 0, what).toBeGreaterThan(10)
  }
})

/** A run in memory to which events are told one after the other, each checked. */
function drive(definition: WorkflowDefinition, outcome: AtExpiry, second: readonly Seconded[] = []) {
  const clock = createFakeClock()
  const ids = testIds(clock)
  const rules = testRules({
    policy: { backOffMs: [60_000], atTheEnd: 'escalate' },
    approval: { ...approval, expiry: { afterMs: 2 * HOUR, outcome } },
    task,
    second,
  })
  const situation = { definition, rules }
  const handed: HandedOut[] = []
  let run: Run = fresh(definition, clock.now(), ids)

  const tell = (event: RunEvent): void => {
    freeze(run)
    const answer = transition(run, event, { ...situation, now: clock.now(), ids })
    checkAnswer(run, event, answer)
    const isLate = answer.kind === 'change' && answer.change.run === run
    count(isLate ? 'late' : answer.kind)
    if (answer.kind !== 'change') return
    checkChange(run, event, answer.change)
    if (ended(answer.change.run) && !ended(run)) count('run ended')
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

test('whatever happens in whatever order, a run keeps its promises', () => {
  fc.assert(
    fc.property(shapes, happenings, outcomes, fc.boolean(), (shape, story, outcome, asks) => {
      const at = drive(workflowOf(shape), outcome, asks ? ['skip', 'not-there', 'cancel'] : [])
      for (const happening of story) {
        if (happening.do === 'wake') at.clock.setBy(happening.afterMs)
        if (happening.do === 'restart') {
          count('restart')
          at.restart()
        }
        for (const event of eventsOf(happening, at.run(), at.handed)) at.tell(event)
      }
      return true
    }),
    { numRuns: 400 },
  )
})

test('from wherever it stands, a run comes to its end when services answer and people decide', () => {
  fc.assert(
    fc.property(shapes, happenings, outcomes, (shape, story, outcome) => {
      const at = drive(workflowOf(shape), outcome)
      for (const happening of story) for (const event of eventsOf(happening, at.run(), at.handed)) at.tell(event)
      for (let round = 0; round < 40 && !ended(at.run()); round++) {
        at.clock.setBy(20_000_000)
        at.tell({ kind: 'woken' })
        for (const step of at.run().steps) mend(step, at.tell)
      }
      expect(ended(at.run())).toBe(true)
    }),
    { numRuns: 150 },
  )
})

test('whatever a run has done, a cancel with its undo takes back what can be undone, once', () => {
  fc.assert(
    fc.property(shapes, happenings, outcomes, (shape, story, outcome) => {
      const definition = workflowOf(shape)
      const at = drive(definition, outcome)
      const calm = story.filter((happening) => happening.do !== 'cancel').slice(0, 20)
      for (const happening of calm) for (const event of eventsOf(happening, at.run(), at.handed)) at.tell(event)
      if (ended(at.run())) return
      const { undone, stays } = undoPlan(definition.outline, at.run())
      at.tell({ kind: 'decided', actor: JANE, decision: { kind: 'cancel', reason: 'no', undo: true } })
      for (let round = 0; round < 60 && !ended(at.run()); round++) {
        at.clock.setBy(20_000_000)
        at.tell({ kind: 'woken' })
        for (const step of at.run().steps) mend(step, at.tell)
      }
      expect(at.run().status).toBe('cancelled')
      for (const { step, state } of undone) {
        const status = stepOf(at.run(), undoKey(step.key))?.status
        if (state === 'running') expect(['succeeded', 'not-needed']).toContain(status)
        else expect(status, `${step.key} is undone`).toBe('succeeded')
      }
      for (const { step } of stays) expect(stepOf(at.run(), undoKey(step.key))).toBeUndefined()
    }),
    { numRuns: 200 },
  )
})

/** What a good day brings to a step. */
function mend(step: Step, tell: (event: RunEvent) => void): void {
  if (step.status === 'cancelled' && step.attempt !== undefined) {
    tell({ kind: 'attempt-ended', step: step.key, attempt: step.attempt, calls: [] })
    return
  }
  if (step.status === 'waiting' && step.wait?.kind === 'run') {
    const status = undoes(step.key) === null ? 'succeeded' : 'cancelled'
    tell({ kind: 'child-ended', run: step.wait.run, status, debts: 0, reason: null })
    return
  }
  if (step.status === 'waiting') {
    for (const { actor, ...as } of VOTERS) {
      const about = { step: step.key, stepVersion: step.version, as }
      tell({ kind: 'decided', actor, decision: { ...about, kind: 'complete', output: 'done' } })
      tell({ kind: 'decided', actor, decision: { ...about, kind: 'approve' } })
    }
    return
  }
  if (step.status === 'running') {
    tell({ kind: 'attempt-succeeded', step: step.key, attempt: step.attempt, output: 'done', calls: [] })
  } else if (step.status === 'failed' && step.failing.failure.code === 'item-twice') {
    const decision = { kind: 'skip', step: step.key, stepVersion: step.version, reason: 'no such list' } as const
    tell({ kind: 'decided', actor: JANE, decision })
  } else if (step.status === 'failed' || step.status === 'unknown') {
    const decision = { kind: 'retry', step: step.key, stepVersion: step.version, provenAbsent: false } as const
    tell({ kind: 'decided', actor: JANE, decision })
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
    steps: definition.steps.map(({ key }) => ({
      key,
      status: 'pending',
      version: 0,
      generations: {},
      attempts: 0,
      attemptsInRow: 0,
      calls: [],
      decisions: [],
      escalation: null,
      alerted: false,
      wait: null,
    })),
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
