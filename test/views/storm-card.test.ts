import { expect, test } from 'vitest'
import { caseList } from '../../views/answers/case-list.ts'
import { stormCard } from '../../views/cards/storm-card.ts'
import { whereItStands } from '../../views/cards/where-it-stands.ts'
import { storms } from '../gallery/sample-storms.ts'
import { expectMessage, pressable, wordsOf } from './drawn.ts'
import { ctx } from './sample-run.ts'

const said = (name: keyof typeof storms): string => wordsOf(stormCard(storms[name], ctx).blocks)

test('an alert of one cause counts what is not over of it, and says nothing of none', () => {
  expect(said('waits')).toContain('1287 of 1900 are still open.')
  expect(said('not woken')).toContain('1 of 12 is still open.')
  expect(said('quiet')).toContain('All of them are over by now.')
  expect(said('quiet')).not.toContain('still open')
  expect(said('settled')).toContain('Settled: 1287 steps did not end')
  expect(said('settled')).toContain('They were at it for longer than they may')
})

test('a card that is late and elsewhere ends both sentences once', () => {
  const late = { ms: 125_000, why: 'Slack answered 503.' }
  const detour = { home: '#ops-alerts', why: 'the channel is archived' }
  const { text } = whereItStands(stormCard(storms.quiet, ctx), { late, detour })
  expect(text).toMatch(/Slack answered 503\.\n.*the channel is archived\.$/)
})

test('its list is one where nothing is pressed, and has buttons under what came from outside', () => {
  const ofRuns = caseList({ alert: 'a', shown: storms.hangs.oldest, skip: 20, open: 1_287 })
  expectMessage(ofRuns)
  expect(ofRuns.blocks.map(({ type }) => type)).toEqual(['rich_text', 'actions'])
  expect(wordsOf(ofRuns.blocks)).toContain('Oldest first, 21 to 23 of 1287')
  const came = caseList({ alert: 'a', shown: storms.unusable.oldest, skip: 0, open: 3 })
  expectMessage(came)
  expect(pressable(came.blocks)).toEqual([
    'Try again',
    'Dismiss…',
    'What it says',
    'Try again',
    'Dismiss…',
    'What it says',
  ])
})
