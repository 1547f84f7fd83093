import { expect, it } from 'vitest'
import { wordsOf } from '../views/drawn.ts'
import { openPainter } from './open-painter.ts'

it('the card of a storm says how many there are, grows with them, and each growth is measured', async () => {
  await using at = await openPainter()
  const words = (): string => wordsOf(at.slack.messages[0]?.drawing.blocks ?? [])
  const id = await at.alert({ settledAt: null, cases: ['one'] })
  await at.clock.advance(100)
  expect(words()).not.toContain('things')
  await at.clock.advance(60_000)
  await at.alert({ settledAt: null, cases: ['two', 'three'] })
  await at.clock.advance(100)
  expect(at.slack.messages).toHaveLength(1)
  expect(words()).toContain('3 things that came from outside cannot be used')
  expect(words()).toContain('Show them all')
  await at.alert({ settledAt: null, cases: Array.from({ length: 1_284 }, (_, each) => `more ${each}`) })
  await at.clock.advance(2_000)
  expect(words()).toContain('1287 things that came from outside cannot be used')
  expect(words()).toContain('and 1282 more')
  await at.alert({ settledAt: at.clock.now() })
  await at.clock.advance(2_000)
  expect(words()).toContain('Settled: ')
  expect(at.slack.messages).toHaveLength(1)
  expect(await at.card(id)).toMatchObject({ staleSince: null, undeliverable: null })
  // Each growth from its own beginning, and that it is over not at all.
  const accepted = (await at.entries('alert.accepted')).map(({ facts }) => facts)
  expect(accepted.map((facts) => facts?.things ?? 1).reverse()).toEqual([1, 2, 1_284])
  for (const facts of accepted) expect(facts).toMatchObject({ late: false })
})
