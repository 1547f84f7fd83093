import { live } from '../crash-matrix/life.ts'
import type { Named } from '../crash-matrix/scenarios.ts'
import { violationsOf } from '../crash-matrix/violations.ts'

export interface FullDiskReport {
  lives: number
  /** Commits that found no room. */
  refused: number
  violations: string[]
}

/** Fills the disk before a commit, for so many commits, and makes room again; at each of them, or at a choice. */
export async function fillDisk(
  scenarios: readonly Named[],
  choose: (number: number) => boolean,
): Promise<FullDiskReport> {
  const report: FullDiskReport = { lives: 0, refused: 0, violations: [] }
  let number = 0
  for (const { name, scenario } of scenarios) {
    const control = await live(scenario, null)
    for (let boundary = 1; boundary <= control.boundaries; boundary++) {
      for (const commits of [1, 4]) {
        if (!choose(number++)) continue
        let refused = 0
        const refuses = (at: number): boolean => {
          if (at < boundary || refused >= commits) return false
          refused += 1
          return true
        }
        const life = await live({ ...scenario, refuses }, null)
        report.lives += 1
        report.refused += refused
        report.violations.push(
          ...violationsOf(life, control.facts)
            .filter((each) => !isOfTheDisk(each))
            .map((each) => `${name}: no room for ${commits} commits from boundary ${boundary} on: ${each}`),
        )
      }
    }
  }
  return report
}

/** It is told that there is no room; and what was done while nothing could be written has no outcome on record. */
const isOfTheDisk = (violation: string): boolean =>
  violation.includes('The disk is full') || violation.startsWith('P4: no outcome')
