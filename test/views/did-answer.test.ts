import { expect, test } from 'vitest'
import { didAnswer } from '../../views/answers/did-answer.ts'
import { wordsOf } from './drawn.ts'
import { ctx, engine, key, minutes, outline, sampleRun } from './sample-run.ts'
import { stepStates } from './sample-states.ts'

test('tells a call before what came of it in the same moment', () => {
  const failed = stepStates.failed as NonNullable<typeof stepStates.failed>
  const at = Math.max(...failed.calls.map((call) => call.at))
  const line = { at, kind: 'step-failed', step: key('github-org'), by: engine, text: 'GitHub answered 503.' } as const
  const run = sampleRun([failed], { status: 'blocked', history: [line] })
  const words = wordsOf(didAnswer([{ run, outline }], { since: minutes(-60), until: minutes(600) }, ctx).blocks)
  const places = ['invite to the organisation', 'failed and needs somebody'].map((each) => words.indexOf(each))
  expect(places[0]).toBeGreaterThan(-1)
  expect(places[1]).toBeGreaterThan(places[0] as number)
})
