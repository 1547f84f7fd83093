import type { EntryCore } from '../../domain/entry.ts'
import { undoes } from '../../domain/step-key.ts'
import type { Names, RunInEvidence, Table } from './packet-tables.ts'
import type { Evidence } from './read-evidence.ts'

/** A write of a step: the entry that shows when it was done. */
interface Write {
  core: EntryCore
  /** No answer says that it was done. */
  isOpen: boolean
}

interface StepDone {
  /** What ended it: a machine's success, or somebody's word. */
  ended: EntryCore | null
  byHand: EntryCore | null
  writes: Write[]
}

const COLUMNS = [
  ...['at', 'subject', 'what', 'systems', 'run', 'workflow', 'step', 'how', 'operations'],
  ...['started_by', 'approved_by', 'entry', 'calls'],
]

/**
 * When access to which system was given or taken back, and by whom: what the writes of each step did outside, also of
 * one that did not end, and what somebody said that they did by hand.
 */
export function accessTable(
  evidence: readonly Evidence[],
  runs: ReadonlyMap<string, RunInEvidence>,
  names: Names,
): Table {
  const parents = parentsIn(evidence)
  const approvedBy = (run: string): string[] => {
    const parent = parents.get(run)
    return [...(runs.get(run)?.approvedBy ?? []), ...(parent === undefined ? [] : approvedBy(parent))]
  }
  const rows = [...stepsIn(evidence).values()].flatMap((done) => {
    const { ended, byHand } = done
    const writes = ended ? done.writes : done.writes.filter(({ isOpen }) => !isOpen)
    const last = byHand ?? writes.map(({ core }) => core).reduce<EntryCore | null>(later, null)
    if (!last || last.run === undefined || last.step === undefined) return []
    const run = runs.get(last.run)
    const calls = writes.map(({ core }) => core)
    return {
      ...{ at: new Date(last.at).toISOString(), subject: last.subjects.map((id) => names.subject(id)).join('; ') },
      what: undoes(last.step) === null ? 'given' : 'taken back',
      systems: unique(calls.map(({ service }) => service ?? '')),
      ...{ run: last.run, workflow: run?.workflow ?? '', step: last.step },
      how: howInWords(done, writes, names),
      operations: unique(calls.map(({ operation }) => operation ?? '')),
      started_by: run?.started ? names.actor(run.started.actor) : '',
      approved_by: unique(approvedBy(last.run).map((actor) => names.actor(actor))),
      ...{ entry: (byHand ?? ended ?? last).id, calls: calls.map(({ id }) => id).join(' ') },
    }
  })
  return { columns: COLUMNS, rows: rows.sort((one, other) => (one.at < other.at ? -1 : 1)) }
}

function howInWords({ ended, byHand }: StepDone, writes: readonly Write[], names: Names): string {
  if (byHand) return `marked done by ${names.actor(byHand.actor)}`
  if (!ended) return 'by Purser; its step as a whole was not done'
  return writes.some(({ isOpen }) => isOpen)
    ? 'by Purser; an answer was lost, and it was found to be done'
    : 'by Purser'
}

const later = (one: EntryCore | null, other: EntryCore): EntryCore => (one && one.at > other.at ? one : other)

/** Runs that steps of others began, by theirs: an approval there is one for what was done here. */
function parentsIn(evidence: readonly Evidence[]): Map<string, string> {
  const parents = new Map<string, string>()
  for (const { core } of evidence) {
    const { run, facts } = core
    if (core.kind === 'step.waiting' && run !== undefined && facts?.for === 'run') parents.set(String(facts.run), run)
  }
  return parents
}

function stepsIn(evidence: readonly Evidence[]): Map<string, StepDone> {
  const steps = new Map<string, StepDone>()
  const of = ({ run, step }: EntryCore): StepDone => {
    const key = `${run} ${step}`
    const known = steps.get(key) ?? { ended: null, byHand: null, writes: [] }
    steps.set(key, known)
    return known
  }
  for (const { core } of evidence) {
    if (core.kind === 'step.succeeded' || core.kind === 'step.undone') of(core).ended = core
    const isLate = core.kind === 'step.late-answer' && core.facts?.answer === 'attempt-succeeded'
    if (isLate) of(core).ended ??= core
    if (core.kind === 'decision.mark-done') of(core).byHand = core
  }
  for (const write of writesIn(evidence)) of(write.core).writes.push(write)
  return steps
}

/** The writes of steps that were done or may have been, each once, however often it was sent. */
function writesIn(evidence: readonly Evidence[]): Write[] {
  const tickets = new Set(evidence.flatMap(({ core }) => (isAboutTicket(core) ? [core.attempt] : [])))
  const undone = new Set<string>()
  const byKey = new Map<string, Write>()
  const isWrite = ({ attempt, class: of }: EntryCore): boolean =>
    of !== undefined && of !== 'R' && attempt !== undefined && !tickets.has(attempt)
  const tryOf = ({ call, try: number }: EntryCore): string => `${call} ${number}`
  for (const { core } of evidence) if (isWrite(core) && wasNotDone(core)) undone.add(tryOf(core))
  for (const { core } of evidence) {
    if (!isWrite(core)) continue
    // One that was proven absent is sent again under the next generation of its key: it is the same write.
    const key = `${core.run} ${core.step} ${core.key?.replace(/\/\d+$/, '') ?? core.call ?? core.id}`
    const known = byKey.get(key)
    const isDone = core.kind === 'call.answered' && isWell(core)
    // The first answer says when it was done; a request without one says at least when it was sent.
    if (isDone && (known?.isOpen ?? true)) byKey.set(key, { core, isOpen: false })
    else if (core.kind === 'call.intended' && !known && !undone.has(tryOf(core))) byKey.set(key, { core, isOpen: true })
  }
  return [...byKey.values()]
}

/** A ticket about a step is no access that the step gives. */
const isAboutTicket = ({ kind, facts }: EntryCore): boolean =>
  kind === 'escalation.opened' || kind === 'escalation.failed' || (kind === 'attempt.lost' && facts?.ticket === true)

const isWell = ({ status = 500 }: EntryCore): boolean => status < 300

/** What an answer, or the lack of one, shows of a request: that it did nothing. */
function wasNotDone({ kind, status = 500, facts }: EntryCore): boolean {
  if (kind === 'call.unanswered') return facts?.sent === false
  return kind === 'call.answered' && status >= 300 && (status < 500 || status === 503)
}

const unique = (all: readonly string[]): string => [...new Set(all)].filter(Boolean).join('; ')
