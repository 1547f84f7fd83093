import type { Place } from './boundaries.ts'
import { type CrashState, live } from './life.ts'
import type { Named } from './scenarios.ts'
import { violationsOf } from './violations.ts'

export interface MatrixReport {
  scenarios: number
  boundaries: number
  crashes: number
  /** Crashes that came while Purser recovered from another. */
  again: number
  /** Requests that went wrong besides, in lives without a crash and in those after one. */
  troubles: number
  violations: string[]
}

export interface Choice {
  /** Which crashes of the life without one, by number; all of them when absent. */
  first?(number: number): boolean
  /** At which places; at all of them when absent. */
  place?(place: Place): boolean
  /** After which of these to crash once more, at a place of its own in the recovery. */
  again?(number: number): boolean
}

/** Carries each scenario through once, and again from what a crash leaves at each of its boundaries. */
export async function runMatrix(scenarios: readonly Named[], choice: Choice = {}): Promise<MatrixReport> {
  const report = { scenarios: scenarios.length, boundaries: 0, crashes: 0, again: 0, troubles: 0 }
  const violations: string[] = []
  let number = 0
  for (const { name, scenario } of scenarios) {
    const control = await live(
      scenario,
      null,
      (_, place) => (choice.place?.(place) ?? true) && (choice.first?.(number++) ?? true),
    )
    if (control.stuck !== null) throw new Error(`${name}: ${control.stuck}`)
    report.boundaries += control.boundaries
    report.troubles += control.troubles
    const survive = async (state: CrashState, how: string, choose?: (boundary: number, place: Place) => boolean) => {
      const where = `${name}: ${how} ${state.place} ${state.boundary} (${state.what})`
      const life = await live(scenario, state, choose)
      report.troubles += life.troubles
      violations.push(...violationsOf(life, control.facts).map((each) => `${where}: ${each}`))
      return life.states
    }
    for (const state of control.states) {
      report.crashes += 1
      const oneMore = choice.again?.(report.crashes) ?? false
      // Recovery is short: a crash falls into it when it comes early.
      const place = 1 + (report.crashes % 9)
      const left = await survive(state, 'a crash', (boundary) => oneMore && boundary === place)
      for (const second of left) {
        report.again += 1
        await survive(second, `a crash at ${state.boundary}, then`)
      }
    }
  }
  return { ...report, violations }
}

export const inOneLine = (report: MatrixReport): string =>
  `crash matrix: ${report.scenarios} scenarios, ${report.boundaries} boundaries, ${report.crashes} crashes, ` +
  `${report.again} more during a recovery, ${report.troubles} requests went wrong besides, ${report.violations.length} violations`
