import { failingSyncs, type SyncFailure } from '../../support/failing-syncs.ts'
import { quickFolder } from '../../support/temp-folder.ts'
import { runLife } from '../crash-matrix/kill-storm.ts'
import { type CrashState, live, liveIn, ProcessEnded, type Scenario } from '../crash-matrix/life.ts'
import { scenarios as allScenarios, type Named } from '../crash-matrix/scenarios.ts'
import { violationsOf } from '../crash-matrix/violations.ts'
import { createRandom } from '../support/random.ts'

export interface SyncReport {
  /** Commits of the lives in which no sync fails. */
  commits: number
  /** Syncs that failed, each of which has to end the process. */
  struck: number
  ended: number
  /** Entries that had been answered as written by then, over all. */
  kept: number
  violations: string[]
}

/** Lets the sync of each commit fail in turn: the process has to end there, and the next one to find all that was acknowledged. */
export async function failSyncs(scenarios: readonly Named[], choose: (number: number) => boolean): Promise<SyncReport> {
  const report: SyncReport = { commits: 0, struck: 0, ended: 0, kept: 0, violations: [] }
  let number = 0
  for (const { name, scenario } of scenarios) {
    const control = await live(scenario, null)
    const { commits } = await liveUntil(scenario, null)
    report.commits += commits
    for (let at = 1; at <= commits; at++) {
      for (const how of at % 4 === 0 ? (['kept', 'dropped', 'left-open'] as const) : (['kept', 'dropped'] as const)) {
        if (!choose(number++)) continue
        const died = await liveUntil(scenario, { at, how })
        report.struck += died.struck
        const where = `${name}: the sync of commit ${at} fails, ${how}`
        if (!died.left) {
          report.violations.push(`${where}: it goes on over a database in an unknown state`)
          continue
        }
        report.ended += 1
        report.kept += died.kept.size
        const life = await live(scenario, died.left)
        const found = new Set<string>(life.after.map(({ core }) => core.id))
        const lost = [...died.kept].filter((id) => !found.has(id))
        report.violations.push(...lost.map((id) => `${where}: P1: entry ${id} was answered as written and is lost`))
        report.violations.push(...violationsOf(life, control.facts).map((each) => `${where}: ${each}`))
      }
    }
  }
  return report
}

/** Lives until the sync of a commit fails; to the end, where none does. */
async function liveUntil(
  scenario: Scenario,
  fault: { at: number; how: SyncFailure } | null,
): Promise<{ commits: number; struck: number; left: CrashState | null; kept: ReadonlySet<string> }> {
  using folder = quickFolder()
  let isOpen = false
  let commits = 0
  using syncs = failingSyncs(folder.path, () => {
    if (!isOpen) return null
    commits += 1
    return commits === fault?.at ? fault.how : null
  })
  const end: { left: CrashState | null; kept: ReadonlySet<string> } = { left: null, kept: new Set() }
  try {
    await liveIn(folder.path, scenario, {
      from: null,
      begun() {
        isOpen = true
      },
      diskFailed(left, kept) {
        end.left ??= left
        end.kept = new Set(kept)
      },
    })
  } catch (error) {
    if (!(error instanceof ProcessEnded)) throw error
  }
  return { commits, struck: syncs.struck(), ...end }
}

export const inOneLine = ({ commits, struck, ended, kept, violations }: SyncReport): string =>
  `failing syncs: ${commits} commits, ${struck} syncs failed, ${ended} processes ended there, ${kept} entries had been kept by then, ${violations.length} violations`

/** The same in processes of their own, which really end: with 75, and with a word about it in their log. */
export async function failSyncsOfProcesses({ times, seed }: { times: number; seed: number }): Promise<SyncReport> {
  const report: SyncReport = { commits: 0, struck: 0, ended: 0, kept: 0, violations: [] }
  const random = createRandom(seed)
  const names = allScenarios().map(({ name }) => name)
  for (let time = 0; time < times; time++) {
    const scenario = time % names.length
    using calm = quickFolder()
    const { told: control } = await runLife({ folder: calm.path, scenario, killAt: null, control: null })
    if (!control) throw new Error('the control ended too early')
    report.commits += control.commits
    using folder = quickFolder()
    const how = (['kept', 'dropped', 'left-open'] as const)[time % 3] ?? 'kept'
    const failAt = { commit: 1 + Math.floor(random() * control.commits), how }
    const order = { folder: folder.path, scenario, killAt: null, control: control.facts }
    const died = await runLife({ ...order, failAt })
    const where = `${names[scenario]}: the sync of commit ${failAt.commit} fails, ${how}`
    if (died.told === null) report.struck += 1
    if (died.code === 75 && died.log.includes('the disk failed')) report.ended += 1
    else report.violations.push(`${where}: it ended with ${died.code}: ${died.log.slice(-200)}`)
    const { told } = await runLife(order)
    report.violations.push(...(told?.violations ?? ['it does not come to its end']).map((each) => `${where}: ${each}`))
  }
  return report
}
