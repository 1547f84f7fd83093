import { expect, test } from 'vitest'
import { stormCard } from '../../views/cards/storm-card.ts'
import { whereItStands } from '../../views/cards/where-it-stands.ts'
import { storms } from '../gallery/sample-storms.ts'
import { wordsOf } from './drawn.ts'
import { ctx } from './sample-run.ts'

const said = (name: keyof typeof storms): string => wordsOf(stormCard(storms[name], ctx).blocks)

test('an alert of one cause counts what is not over of it, and says nothing of none', () => {
  expect(said('waits')).toContain('1287 of 1900 are not over.')
  expect(said('not woken')).toContain('1 of 12 is not over.')
  expect(said('quiet')).toContain('All of them are over.')
  expect(said('quiet')).not.toContain('not over')
})

test('a card that is late and elsewhere ends both sentences once', () => {
  const late = { ms: 125_000, why: 'Slack answered 503.' }
  const detour = { home: '#ops-alerts', why: 'the channel is archived' }
  const { text } = whereItStands(stormCard(storms.quiet, ctx), { late, detour })
  expect(text).toMatch(/Slack answered 503\.\n.*the channel is archived\.$/)
})
