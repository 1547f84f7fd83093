import { expect, test } from 'vitest'
import type { Hold } from '../../src/domain/hold.ts'
import { HoldId } from '../../src/domain/ids.ts'
import type { Step } from '../../src/domain/run.ts'
import { runCard } from '../../views/cards/run-card.ts'
import { wordsOf } from './drawn.ts'
import { base, ctx, entryId, minutes, olga, outline, sampleRun } from './sample-run.ts'

const id = HoldId.parse(entryId(900))
const hold = {
  ...{ id, kind: 'pause', status: 'open', scope: { of: 'service', service: 'github' } },
  ...{ by: olga, reason: 'they move the org', until: null, since: minutes(2) },
} as unknown as Hold
const step = (why: string) =>
  ({ ...base('github-org'), status: 'held', hold: id, why, since: minutes(2), failing: null }) as unknown as Step

test('a run that a pause holds says once who paused what, until when and why', () => {
  const run = sampleRun([step('pause')], { status: 'paused' })
  const words = wordsOf(runCard(run, outline, { ...ctx, hold: () => hold }).blocks)
  expect(words).toMatch(/Paused by .*what calls GitHub.*until somebody resumes it: they move the org/s)
  expect(words.split('they move the org')).toHaveLength(2)
})

test('a run that the brake holds says that somebody has to look', () => {
  const run = sampleRun([step('brake')], { status: 'held' })
  expect(wordsOf(runCard(run, outline, ctx).blocks)).toContain('Held until somebody has looked')
})
