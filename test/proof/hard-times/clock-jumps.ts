import { live } from '../crash-matrix/life.ts'
import type { Named } from '../crash-matrix/scenarios.ts'
import { violationsOf } from '../crash-matrix/violations.ts'
import { createRandom } from '../support/random.ts'

export interface ClockReport {
  lives: number
  jumps: number
  violations: string[]
}

const HOUR_MS = 3_600_000

/** Sets the time of day an hour on or back now and then, while each scenario is carried through. */
export async function setClock(
  scenarios: readonly Named[],
  { times, seed }: { times: number; seed: number },
): Promise<ClockReport> {
  const report: ClockReport = { lives: 0, jumps: 0, violations: [] }
  const random = createRandom(seed)
  // Slack's messages are found by its clock: a lost answer on top of an hour's difference is more than a look can tell.
  for (const { name, scenario } of scenarios.filter((each) => !each.scenario.trouble)) {
    const control = await live(scenario, null)
    for (let time = 0; time < times; time++) {
      let left = 12
      const setsClock = (): number => {
        const chance = random()
        if (left === 0 || chance > 0.5) return 0
        left -= 1
        report.jumps += 1
        return chance < 0.25 ? HOUR_MS : -HOUR_MS
      }
      const life = await live({ ...scenario, setsClock }, null)
      report.lives += 1
      report.violations.push(...violationsOf(life, control.facts).map((each) => `${name}: ${each}`))
    }
  }
  return report
}
