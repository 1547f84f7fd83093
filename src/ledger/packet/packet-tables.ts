import type { EntryCore, EntryKind } from '../../domain/entry.ts'
import { accessTable } from './access-table.ts'
import type { Evidence } from './read-evidence.ts'

/** A table of the packet: its columns, and a record for each row. */
export interface Table {
  columns: readonly string[]
  rows: readonly Record<string, string>[]
}

export interface PacketTables {
  population: Table
  access: Table
  approvals: Table
  exceptions: Table
  readings: Table
}

/** Names for the ids in entries, where they are known. */
export interface Names {
  actor(actor: string): string
  subject(id: string): string
}

/** What a person looks at first when something did not go by itself. */
const EXCEPTIONS = new Set<EntryKind>([
  'decision.skip',
  'decision.mark-done',
  'decision.cancel',
  'decision.refused',
  'step.failed',
  'step.unknown',
  'step.expired',
  'step.late-answer',
  'escalation.opened',
  'escalation.failed',
  'card.undeliverable',
  'subject.erased',
])
const APPROVALS = new Set<EntryKind>(['decision.approve', 'decision.refuse', 'decision.delegate', 'step.expired'])

/** The tables of an evidence packet, from the entries alone: whoever has the entries can make them again. */
export function packetTables(evidence: readonly Evidence[], names: Names): PacketTables {
  const runs = runsIn(evidence)
  const about = ({ run, subjects }: EntryCore) => ({
    run: run ?? '',
    workflow: (run && runs.get(run)?.workflow) ?? '',
    subject: subjects.map((id) => names.subject(id)).join('; '),
  })
  const ofKinds = (kinds: ReadonlySet<EntryKind>): Evidence[] => evidence.filter(({ core }) => kinds.has(core.kind))
  return {
    population: populationOf(runs, names),
    access: accessTable(evidence, runs, names),
    approvals: {
      columns: ['at', 'run', 'workflow', 'subject', 'step', 'decision', 'by', 'reason', 'entry'],
      rows: ofKinds(APPROVALS).map(({ core, body }) => ({
        ...{ at: time(core.at), ...about(core), step: core.step ?? '', decision: core.kind.replace(/^.*\./, '') },
        ...{ by: names.actor(core.actor), reason: text(body, 'reason'), entry: core.id },
      })),
    },
    exceptions: {
      columns: ['at', 'run', 'workflow', 'subject', 'step', 'what', 'by', 'says', 'entry'],
      rows: ofKinds(EXCEPTIONS).map(({ core, body }) => ({
        ...{ at: time(core.at), ...about(core), step: core.step ?? '', what: core.kind, by: names.actor(core.actor) },
        ...{ says: text(body, 'reason') || text(body, 'message') || factsOf(core), entry: core.id },
      })),
    },
    readings: {
      columns: ['at', 'by', 'query', 'entry'],
      rows: ofKinds(new Set<EntryKind>(['ledger.read'])).map(({ core, body }) => ({
        ...{ at: time(core.at), by: names.actor(core.actor), query: text(body, 'query'), entry: core.id },
      })),
    },
  }
}

/** A run as the packet's entries tell of it. */
export interface RunInEvidence {
  workflow: string
  started: EntryCore | null
  ended: EntryCore | null
  approvedBy: string[]
}

function runsIn(evidence: readonly Evidence[]): Map<string, RunInEvidence> {
  const runs = new Map<string, RunInEvidence>()
  for (const { core } of evidence) {
    if (core.run === undefined) continue
    const run = runs.get(core.run) ?? { workflow: '', started: null, ended: null, approvedBy: [] }
    runs.set(core.run, run)
    if (core.kind === 'run.started') Object.assign(run, { started: core, workflow: String(core.facts?.workflow ?? '') })
    if (core.kind === 'run.ended') run.ended = core
    if (core.kind === 'decision.approve') run.approvedBy.push(core.actor)
  }
  return runs
}

function populationOf(runs: ReadonlyMap<string, RunInEvidence>, names: Names): Table {
  const columns = [
    'run',
    'workflow',
    'definition',
    'rules',
    'subject',
    'started',
    'started_by',
    'ended',
    'status',
    'debts',
  ]
  const rows = [...runs].flatMap(([run, { workflow, started, ended }]) => {
    const about = started ?? ended
    if (!about) return []
    return {
      ...{ run, workflow, subject: about.subjects.map((id) => names.subject(id)).join('; ') },
      definition: fact(started, 'definition'),
      rules: fact(started, 'rules'),
      started: started ? time(started.at) : 'before this packet',
      started_by: started ? names.actor(started.actor) : '',
      ended: ended ? time(ended.at) : '',
      status: fact(ended, 'status') || 'open',
      debts: fact(ended, 'debts'),
    }
  })
  return { columns, rows }
}

const time = (at: number): string => new Date(at).toISOString()
const fact = (core: EntryCore | null, name: string): string => String(core?.facts?.[name] ?? '')
const factsOf = (core: EntryCore): string =>
  Object.entries(core.facts ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')

function text(body: Evidence['body'], name: string): string {
  if (body.kind === 'erased') return '(erased)'
  const value = body.kind === 'open' ? body.body[name] : undefined
  return typeof value === 'string' ? value : ''
}
