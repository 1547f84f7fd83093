import { describe, expect, test } from 'vitest'
import type { Person } from '../../src/domain/actor.ts'
import { TEAM } from '../support/test-ids.ts'
import { OLGA, openHandlers, TIM } from './open-handlers.ts'
import { type At, allWords, RIVALS } from './rivals.ts'

// Two people act on one thing in the same turn of the event loop: both have passed every look at it before either counts.

const both: readonly (readonly [Person, Person])[] = [
  [TIM, OLGA],
  [OLGA, TIM],
]

const textOf = ({ user }: Person): string => `slack:${TEAM}/${user}`

/** What the two decided, by the ledger. */
async function entered(at: At) {
  const entries = await at.store.entries({ team: TEAM }, null, 500)
  const of = entries.map(({ core }) => core).filter(({ actor }) => [TIM, OLGA].some((who) => actor === textOf(who)))
  const decisions = of.filter(({ kind }) => kind.startsWith('decision.'))
  return {
    made: decisions.filter(({ kind }) => kind !== 'decision.refused'),
    refused: decisions.filter(({ kind }) => kind === 'decision.refused'),
  }
}

describe('of two people at the same moment', () => {
  test.each(Object.entries(RIVALS))('one wins, and the other is told by whom: %s', async (_, rivals) => {
    for (const [first, second] of both) {
      await using at = await openHandlers({ workflows: [rivals.workflow], rules: rivals.rules })
      const run = await rivals.begun(at)
      const [one, other] = [await rivals.one(at, run), await rivals.other(at, run)]
      const before = await entered(at)
      at.surface.shown.length = 0
      const windows = await Promise.all([one(first), other(second)])
      const after = await entered(at)
      const made = after.made.slice(0, after.made.length - before.made.length)
      expect(made).toHaveLength(1)
      expect(after.refused).toHaveLength(1)
      const winner = made[0]?.actor === textOf(first) ? first : second
      const loser = winner === first ? second : first
      expect(made[0]?.actor).toBe(textOf(winner))
      expect(after.refused[0]?.actor).toBe(textOf(loser))

      const told = (who: Person): string[] => [
        ...at.surface.shown.filter(({ user }) => user === who.user).map(({ words }) => words),
        ...windows.filter((words, index) => words !== '' && [first, second][index] === who),
      ]
      expect(told(winner)).toEqual([])
      expect(at.surface.shown.every(({ to }) => to === 'one')).toBe(true)
      expect(told(loser)).toHaveLength(1)
      expect(told(loser)[0]).toContain(`${winner.name} `)
      expect(told(loser)[0]).toMatch(/before you.*Nothing was changed by your click/s)

      const words = await allWords(at, run, rivals.step)
      expect(words).toContain(winner.name)
      expect(words).not.toContain(loser.name)
    }
  })
})
