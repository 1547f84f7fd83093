import { expect } from 'vitest'
import { SAMPLES } from '../../connectors/samples.ts'
import { DEEDS, type Deed } from './deeds.ts'
import { FAULTS, type Fault } from './faults.ts'
import { type DeedReport, doDeed, type Strike } from './open-desk.ts'

/** Nobody can look for these: when their answer is lost, a person has to know. */
const NOBODY_CAN_LOOK = new Set([
  'slack chat.postEphemeral',
  'slack response-url',
  'slack files.completeUploadExternal',
])
/** Its status says all: whatever else is in the answer, it was done. */
const SAID_BY_STATUS = new Set(['slack response-url'])
/** A click opens one window at most: the second one is refused and does no harm. */
const REFUSED_TWICE = new Set(['slack views.open', 'slack views.push'])

const CLASSES = new Map(SAMPLES.map(({ operation }) => [`${operation.service} ${operation.name}`, operation.class]))

/** An operation, and what has to go wrong before it is sent: a look comes only behind a write whose answer was lost. */
interface Sending {
  operation: string
  before: Strike[]
}

const LOST = FAULTS.find(({ name }) => name === 'done, and the answer lost')

const isWrite = (operation: string): boolean => CLASSES.get(operation) !== 'R'

/** Every operation that a deed sends: in good weather, and when the answer to one of its writes is lost. */
async function sendingsOf(deed: Deed): Promise<Sending[]> {
  const calm = await doDeed(deed, [])
  expect(calm.ends, deed.name).toEqual(deed.undo ? ['done', 'done'] : ['done'])
  const first = [...new Set(calm.sent.map(({ operation }) => operation))]
  const sendings: Sending[] = first.map((operation) => ({ operation, before: [] }))
  for (const write of first.filter(isWrite)) {
    if (!LOST) throw new Error('no such fault')
    const before: Strike[] = [{ operation: write, fault: LOST, times: 1 }]
    const { sent } = await doDeed(deed, before)
    const looks = sent.map(({ operation }) => operation).filter((each) => !sendings.some((s) => s.operation === each))
    sendings.push(...[...new Set(looks)].map((operation) => ({ operation, before })))
  }
  return sendings
}

/** Strikes every operation with every fault, once and twice in a row; or a choice of these, by number. */
export async function proveServiceFaults(choose: (number: number) => boolean): Promise<void> {
  const seen = new Set<string>()
  const violations: string[] = []
  let number = 0
  let strikes = 0
  let fired = 0
  for (const deed of DEEDS) {
    for (const { operation, before } of await sendingsOf(deed)) {
      seen.add(operation)
      for (const [fault, times] of FAULTS.flatMap((each) => [[each, 1] as const, [each, 2] as const])) {
        if (!choose(number++)) continue
        const report = await doDeed(deed, [...before, { operation, fault, times }])
        strikes += 1
        fired += report.fired.reduce((sum, each) => sum + each, 0)
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
  const unseen = all.filter((each) => !seen.has(each)).sort()
  expect(unseen, 'an operation that no deed sends: add one to deeds.ts').toEqual([])
}

function violationsOf(report: DeedReport, operation: string, fault: Fault): string[] {
  return [
    ...(report.fired.includes(0) ? ['it did not fire'] : []),
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
function undercut({ sent, ends, fired }: DeedReport, { waitMs = 0 }: Fault): string[] {
  return sent.flatMap(({ struck, operation, at, attempt }, place) => {
    if (ends[attempt] === 'unknown' || struck !== fired.length - 1) return []
    const next = sent.slice(place + 1).find((each) => each.operation === operation)
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
function wrongEnd({ ends, sent }: DeedReport, operation: string, fault: Fault): string[] {
  const told = ends.join(', then ')
  const mayStand =
    fault.does || fault.name.includes('time-out') || fault.name.includes('reset') || fault.name.startsWith('500')
  const isTold = fault.garbled === true && SAID_BY_STATUS.has(operation)
  if (mayStand && !isTold && NOBODY_CAN_LOOK.has(operation))
    return ends.every((end) => end === 'unknown') ? [] : [`ended ${told}`]
  if (fault.does && REFUSED_TWICE.has(operation)) return []
  const struckAt = sent.find(({ struck }) => struck !== null)?.attempt ?? 0
  if (fault.garbled && isWrite(operation) && ends[struckAt] === 'failed')
    return ['an answer that cannot be read was taken for a refusal']
  return ends.at(-1) === 'done' ? [] : [`ended ${told}`]
}

/** What each write comes to when its answer is lost and its class is not heeded: made twice, or refused. */
export async function doublesWithoutClasses(): Promise<ReadonlySet<string>> {
  const doubled = new Set<string>()
  for (const deed of DEEDS) {
    for (const { operation, before } of await sendingsOf(deed)) {
      if (before.length > 0 || !isWrite(operation) || !LOST) continue
      const report = await doDeed(deed, [{ operation, fault: LOST, times: 1 }], { unprotected: true })
      const isDouble = twice(report.made).length + twice(report.messageKeys).length > 0
      if (isDouble || report.ends.includes('failed')) doubled.add(operation)
    }
  }
  return doubled
}
