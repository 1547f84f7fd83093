import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { ended, type Step, stepOf } from '../../src/domain/run.ts'
import { undoes, undoKey } from '../../src/domain/step-key.ts'
import { undoPlan } from '../../src/domain/undo-plan.ts'
import type { RunEvent } from '../../src/engine/events.ts'
import { JANE } from '../support/test-ids.ts'
import { count, counted, drive, WATCHED } from './drive-run.ts'
import { shapes, workflowOf } from './random-graphs.ts'
import { answers, eventsOf, happenings, VOTERS } from './random-runs.ts'

/** The same stories each time; another number tells others. */
const seed = Number(process.env.PURSER_SEED ?? 20_261_128)
const outcomes = fc.constantFrom('refuse', 'approve', 'escalate')

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
    'in somebody’s place',
  ]) {
    expect(counted.get(what) ?? 0, what).toBeGreaterThan(2)
  }
})

test('whatever happens in whatever order, a run keeps its promises', () => {
  fc.assert(
    fc.property(shapes, happenings, outcomes, fc.boolean(), (shape, story, outcome, asks) => {
      const at = drive(workflowOf(shape), outcome, asks ? ['skip', 'not-there', 'edit', 'cancel'] : [])
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
    { numRuns: 400, seed },
  )
})

/** All but those of ops and of no group, each by name: who started it, and whom it is about, too. */
const NAMED = { groups: [], people: [], users: VOTERS.slice(0, 5).map(({ actor }) => actor.user) }

test('whoever is away and whoever stands in, a voice counts once and nobody decides about their own', () => {
  const edges = Array<'none'>(8).fill('none')
  const asking = (['approval', 'task', 'approval'] as const).map((kind) => ({ kind, edges, when: null, undo: false }))
  fc.assert(
    fc.property(answers, outcomes, (story, outcome) => {
      const at = drive(workflowOf(asking), { outcome, asked: NAMED })
      for (const happening of story) for (const event of eventsOf(happening, at.run(), at.handed)) at.tell(event)
      for (const { decisions } of at.run().steps) if (decisions.some((each) => each.for)) count('in somebody’s place')
      return true
    }),
    { numRuns: 200, seed },
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
    { numRuns: 150, seed },
  )
})

test('whatever a run has done, a cancel with its undo takes back what can be undone, once', () => {
  fc.assert(
    fc.property(shapes, happenings, outcomes, (shape, story, outcome) => {
      const definition = workflowOf(shape)
      const at = drive(definition, outcome)
      const calm = story.filter((happening) => happening.do !== 'cancel' && happening.do !== 'begin-anew').slice(0, 20)
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
    { numRuns: 200, seed },
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
