import { expect } from 'vitest'
import { openEngine } from '../../engine/open-engine.ts'
import { createRandom } from '../support/random.ts'
import { RACES, race, raced } from './race.ts'

/** Races on one engine before another one is opened. */
const ON_ONE = 300

/** So many races for one step through the engine and its store: each has one winner, and nothing is lost. */
export async function proveRaces({ races, seed }: { races: number; seed: number }): Promise<void> {
  const random = createRandom(seed)
  const violations: string[] = []
  const wins = new Map<string, number>()
  for (let number = 0; number < races; ) {
    await using at = await openEngine({ workflow: raced })
    for (let one = 0; one < ON_ONE && number < races; one++, number++) {
      const kind = RACES[number % RACES.length] ?? 'two people'
      const run = await race(at, kind, { number, random })
      wins.set(`${kind}: ${run.winner}`, (wins.get(`${kind}: ${run.winner}`) ?? 0) + 1)
      violations.push(...run.violations.map((each) => `race ${number}, ${kind}: ${each}`))
    }
    violations.push(...at.errors.map((error) => `an error beside the run: ${String(error)}`))
  }
  const won = [...wins].map(([who, times]) => `${who} ${times}`).sort()
  console.info(`races (seed ${seed}): ${races} races, won by ${won.join(', ')}; ${violations.length} violations`)
  expect(violations).toEqual([])
  // Where always the same one wins, it was no race.
  expect(won).toHaveLength(RACES.length * 2)
}
