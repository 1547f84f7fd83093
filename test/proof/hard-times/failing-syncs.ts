import { failingSyncs, type SyncFailure } from '../../support/failing-syncs.ts'
import { quickFolder } from '../../support/temp-folder.ts'
import { runLife } from '../crash-matrix/kill-storm.ts'
import type { Told } from '../crash-matrix/killed-life.ts'
import { type CrashState, live, liveIn, ProcessEnded, type Scenario } from '../crash-matrix/life.ts'
import { scenarios as allScenarios, type Named } from '../crash-matrix/scenarios.ts'
import { violationsOf } from '../crash-matrix/violations.ts'
import { createRandom } from '../support/random.ts'

export interface SyncReport {
  /** Commits of the lives in which no sync fails. */
  commits: number
  /** Syncs that failed, each of which has to end the process. */
  struck: number
  /** Of these, how many of each file. */
  files: Record<string, number>
  ended: number
  /** Entries that had been answered as written by then, over all. */
  kept: number
  violations: string[]
}

/** Lets the sync of each commit fail in turn: the process has to end there, and the next one to find all that was acknowledged. */
export async function failSyncs(scenarios: readonly Named[], choose: (number: number) => boolean): Promise<SyncReport> {
  const report = emptyReport()
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
        for (const file of died.files) report.files[file] = (report.files[file] ?? 0) + 1
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

interface Died {
  commits: number
  struck: number
  /** The file of each sync that failed. */
  files: readonly string[]
  /** Null when it went on. */
  left: CrashState | null
  kept: ReadonlySet<string>
}

const emptyReport = (): SyncReport => ({ commits: 0, struck: 0, files: {}, ended: 0, kept: 0, violations: [] })

/** Lives until the sync of a commit fails; to the end, where none does. */
async function liveUntil(scenario: Scenario, fault: { at: number; how: SyncFailure } | null): Promise<Died> {
  using folder = quickFolder()
  let isOpen = false
  let commits = 0
  const files: string[] = []
  using syncs = failingSyncs(folder.path, ({ file }) => {
    if (!isOpen) return null
    commits += 1
    if (commits !== fault?.at) return null
    files.push(file)
    return fault.how
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
  return { commits, struck: syncs.struck(), files, ...end }
}

export const inOneLine = ({ commits, struck, files, ended, kept, violations }: SyncReport): string =>
  `failing syncs: ${commits} commits, ${struck} syncs failed${ofFiles(files)}, ${ended} processes ended there, ${kept} entries had been kept by then, ${violations.length} violations`

function ofFiles(files: Record<string, number>): string {
  const all = Object.entries(files).map(([file, times]) => `${times} of ${file}`)
  return all.length > 0 ? ` (${all.join(', ')})` : ''
}

/** Processes at the same time. */
const AT_ONCE = 2

/** The same in processes of their own, which really end: with 75, and with a word about it in their log. */
export async function failSyncsOfProcesses({ times, seed }: { times: number; seed: number }): Promise<SyncReport> {
  const report = emptyReport()
  const random = createRandom(seed)
  const lives = Array.from({ length: times }, (_, time) => ({ time, where: random() }))
  const controls = new Map<number, Promise<Told>>()
  const next = async (): Promise<void> => {
    for (let life = lives.shift(); life; life = lives.shift()) await failOneSync(report, controls, life)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  for (const control of controls.values()) report.commits += (await control).commits
  return report
}

async function failOneSync(
  report: SyncReport,
  controls: Map<number, Promise<Told>>,
  { time, where: at }: { time: number; where: number },
): Promise<void> {
  const names = allScenarios().map(({ name }) => name)
  const scenario = time % names.length
  const controlled = controls.get(scenario) ?? lifeWithout(scenario)
  controls.set(scenario, controlled)
  const control = await controlled
  using folder = quickFolder()
  const how = (['kept', 'dropped', 'left-open'] as const)[time % 3] ?? 'kept'
  const failAt = { commit: 1 + Math.floor(at * control.commits), how }
  const order = { folder: folder.path, scenario, killAt: null, control: control.facts }
  const died = await runLife({ ...order, failAt })
  const where = `${names[scenario]}: the sync of commit ${failAt.commit} fails, ${how}`
  if (died.told === null) report.struck += 1
  if (died.code === 75 && died.log.includes('the disk failed')) report.ended += 1
  else report.violations.push(`${where}: it ended with ${died.code}: ${died.log.slice(-200)}`)
  const { told } = await runLife(order)
  report.violations.push(...(told?.violations ?? ['it does not come to its end']).map((each) => `${where}: ${each}`))
}

/** A life in which no sync fails. */
async function lifeWithout(scenario: number): Promise<Told> {
  using folder = quickFolder()
  const { told } = await runLife({ folder: folder.path, scenario, killAt: null, control: null })
  if (!told) throw new Error('the control ended too early')
  return told
}
