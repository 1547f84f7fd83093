import { expect } from 'vitest'
import { SAMPLES } from '../../connectors/samples.ts'
import { DEEDS, type Deed, ELSEWHERE } from './deeds.ts'
import { FAULTS, type Fault } from './faults.ts'
import { type DeedReport, doDeed } from './open-desk.ts'

/** Nobody can look for these: when their answer is lost, a person has to know. */
const NOBODY_CAN_LOOK = new Set(['slack chat.postEphemeral'])
/** A click opens one window at most: the second one is refused and does no harm. */
const REFUSED_TWICE = new Set(['slack views.open'])

const CLASSES = new Map(SAMPLES.map(({ operation }) => [`${operation.service} ${operation.name}`, operation.class]))

/** Every operation, as the deeds send it when nothing goes wrong. */
async function operationsOf(deed: Deed): Promise<string[]> {
  const { ends, sent } = await doDeed(deed, null)
  expect(ends, deed.name).toEqual(['done'])
  return [...new Set(sent.map(({ operation }) => operation))]
}

/** Strikes every operation with every fault, once and twice in a row; or a choice of these, by number. */
export async function proveServiceFaults(choose: (number: number) => boolean): Promise<void> {
  const seen = new Set<string>()
  const violations: string[] = []
  let number = 0
  let strikes = 0
  let fired = 0
  for (const deed of DEEDS) {
    for (const operation of await operationsOf(deed)) {
      seen.add(operation)
      for (const [fault, times] of FAULTS.flatMap((each) => [[each, 1] as const, [each, 2] as const])) {
        if (!choose(number++)) continue
        const report = await doDeed(deed, { operation, fault, times })
        strikes += 1
        fired += report.fired
        const where = `${deed.name}: ${operation} with ${fault.name}, ${times} times`
        violations.push(...violationsOf(report, operation, fault).map((each) => `${where}: ${each}`))
      }
    }
  }
  console.info(
    `services' faults: ${seen.size} operations, ${FAULTS.length} faults, ${strikes} deeds, ${fired} faults fired, ${violations.length} violations`,
  )
  expect(violations).toEqual([])
  expect(fired).toBeGreaterThanOrEqual(strikes)
  const all = SAMPLES.map(({ operation }) => `${operation.service} ${operation.name}`)
  expect(all.filter((each) => !seen.has(each)).sort()).toEqual([...ELSEWHERE].sort())
}

function violationsOf(report: DeedReport, operation: string, fault: Fault): string[] {
  return [
    ...(report.fired === 0 ? ['it did not fire'] : []),
    ...twice(report.made).map((each) => `made twice: ${each}`),
    ...twice(report.messageKeys).map((each) => `posted twice: ${each}`),
    ...(report.unannounced > 0 ? [`${report.unannounced} requests left without an intent`] : []),
    ...undercut(report, fault),
    ...openPairs(report),
    ...wrongEnd(report, operation, fault),
  ]
}

const twice = (all: readonly string[]): string[] => all.filter((each, at) => all.indexOf(each) !== at)

/** Whoever asks to be left alone for so long is left alone, but for a person who looks again. */
function undercut({ sent, ends }: DeedReport, { waitMs = 0 }: Fault): string[] {
  return sent.flatMap(({ struck, operation, at, attempt }, place) => {
    if (ends[attempt] === 'unknown') return []
    const next = struck ? sent.slice(place + 1).find((each) => each.operation === operation) : undefined
    return next && next.at < at + waitMs ? [`asked again after ${next.at - at} ms instead of ${waitMs}`] : []
  })
}

/** Each intent has one outcome. */
function openPairs({ calls }: DeedReport): string[] {
  const named = (isIntent: boolean): string[] =>
    calls
      .filter(({ kind }) => (kind === 'call.intended') === isIntent)
      .map((core) => `${core.operation} ${core.call}#${core.try}`)
      .sort()
  const [intents, outcomes] = [named(true), named(false)]
  return intents.join() === outcomes.join() ? [] : [`${intents.length} intents and ${outcomes.length} outcomes`]
}

/** Where nothing is open it is done in the end; what nobody can look for stays unknown, and is not sent again. */
function wrongEnd({ ends }: DeedReport, operation: string, fault: Fault): string[] {
  const isWrite = CLASSES.get(operation) !== 'R'
  const told = ends.join(', then ')
  const mayStand = fault.does || fault.name.includes('time-out') || fault.name.includes('reset') || fault.name.startsWith('500')
  if (mayStand && NOBODY_CAN_LOOK.has(operation)) return ends.every((end) => end === 'unknown') ? [] : [`ended ${told}`]
  if (fault.does && REFUSED_TWICE.has(operation)) return []
  if (fault.garbled && isWrite && ends[0] === 'failed') return ['an answer that cannot be read was taken for a refusal']
  return ends.at(-1) === 'done' ? [] : [`ended ${told}`]
}

/** What each write comes to when its answer is lost and its class is not heeded: made twice, or refused. */
export async function doublesWithoutClasses(): Promise<ReadonlySet<string>> {
  const doubled = new Set<string>()
  const lost = FAULTS.find(({ name }) => name === 'done, and the answer lost')
  if (!lost) throw new Error('no such fault')
  for (const deed of DEEDS) {
    for (const operation of await operationsOf(deed)) {
      const report = await doDeed(deed, { operation, fault: lost, times: 1 }, { unprotected: true })
      const isDouble = twice(report.made).length + twice(report.messageKeys).length > 0
      if (isDouble || report.ends.at(-1) !== 'done') doubled.add(operation)
    }
  }
  return doubled
}
