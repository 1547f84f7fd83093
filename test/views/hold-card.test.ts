import { expect, it } from 'vitest'
import type { HoldOf } from '../../src/domain/hold.ts'
import type { HoldId } from '../../src/domain/ids.ts'
import type { StepFailure } from '../../src/domain/run.ts'
import { closed, newBrake, newIncident, newPause, probed, releasing } from '../../src/engine/decide-hold.ts'
import { holdCard } from '../../views/cards/hold-card.ts'
import { holdReasonModal } from '../../views/modals/hold-reason-modal.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { TEAM, testIds } from '../support/test-ids.ts'
import { expectMessage, expectView, pressable, wordsOf } from './drawn.ts'
import { ctx, engine, minutes, olga } from './sample-run.ts'

const id: HoldId = testIds(createFakeClock()).hold()
const base = { id, team: TEAM, now: minutes(1) }
const failure: StepFailure = {
  consequence: 'retry',
  code: 'http-503',
  message: 'GitHub answered 503.',
  hint: 'Wait until it works.',
  service: 'github',
  operation: 'member.add',
  status: 503,
}

const pause = newPause({ ...base, scope: { of: 'everything' } }, { by: olga, reason: 'audit week', until: null })
const incident = newIncident({ ...base, scope: { of: 'service', service: 'github' } }, { cause: 'failing', failure })
const brake = newBrake(
  { ...base, scope: { of: 'workflow', workflow: 'employee-onboarding' } },
  { starts: 30, withinMs: 600_000 },
)

it.each([
  { hold: pause, open: 'Paused', going: 'Resuming', over: 'Pause over' },
  { hold: incident, open: 'GitHub is not working', going: 'Recovering', over: 'Incident over' },
  { hold: brake, open: '7 starts of', going: 'Being released', over: 'Released' },
])('says of a $hold.kind what stands and what to press, and offers nothing once it is over', (each) => {
  const going = releasing(each.hold, { by: olga, runs: 9, now: minutes(5) }).hold
  const states = [
    { hold: each.hold, says: each.open },
    { hold: going, says: each.going },
    { hold: closed(going, minutes(9)).hold, says: each.over },
  ]
  for (const { hold, says } of states) {
    const drawing = holdCard({ hold, waiting: hold.status === 'closed' ? 0 : 7, mentions: [] }, ctx)
    expectMessage(drawing)
    expect(wordsOf(drawing.blocks)).toContain(says)
    expect(drawing.text).toContain(says)
    if (hold.status === 'open') expect(pressable(drawing.blocks)).not.toEqual([])
    if (hold.status === 'closed') expect(pressable(drawing.blocks)).toEqual([])
    // What is over is told as over.
    if (hold.status !== 'open') expect(drawing.text).not.toMatch(/What fails|none of them has begun/)
    if (hold.status === 'releasing') expect(wordsOf(drawing.blocks)).toContain('2 of 9 runs went on')
  }
})

it('says that a service answered only where it was asked', () => {
  const over = (hold: HoldOf<'incident'>): string => {
    const { hold: going } = releasing(hold, { by: engine, runs: 2, now: minutes(5) })
    return wordsOf(holdCard({ hold: closed(going, minutes(9)).hold, waiting: 0, mentions: [] }, ctx).blocks)
  }
  expect(over(incident)).toContain('What waited was released to try')
  expect(over(incident)).not.toContain('answered again')
  expect(over(probed(incident, { answered: true, said: null, now: minutes(4), retryAfterMs: 0 }))).toContain(
    'It answered again',
  )
})

it.each([
  ['close', 'what waits goes on, oldest first'],
  ['escalate', 'what waits goes on as soon as it works again'],
  ['cancel-all', 'cannot be taken up again'],
] as const)('says before a hold is decided about what comes of it: %s', (kind, words) => {
  const window = holdReasonModal({ hold: id, kind })
  expectView(window)
  expect(wordsOf(window.blocks)).toContain(words)
})
