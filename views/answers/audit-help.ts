import { actionIds } from '../action-ids.ts'
import { actions, button, header } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { encodeAuditRef } from '../references.ts'
import { bold, labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { listed } from '../wording.ts'

export interface AuditHelpSubject {
  /** Examples of the filters there are. */
  filters: readonly string[]
  /** Names of services that entries may be of. */
  services: readonly string[]
}

/** Queries that people begin with; each has a button that runs it. */
const STARTERS = [
  { text: 'Refused calls of today', query: 'status:>=400 since:24h' },
  { text: 'Decisions this week', query: 'kind:decision since:7d' },
  { text: 'What I did', query: 'actor:me since:7d' },
]

/** How the ledger is asked: the filters with an example each, and some queries to run at once. */
export function auditHelp({ filters, services }: AuditHelpSubject): Drawing {
  const head: Words = ['Words look for whom a process is about; filters narrow it down. All of them have to fit.']
  const points = filters.map((example): Words => [bold(`/audit ${example}`)])
  const orders: Words[] = [
    [bold('export csv'), ' or ', bold('export jsonl'), ' at the end: all of it as a file'],
    [bold('/audit saved'), ': your saved queries; ', bold('/audit save NAME …'), ' saves one'],
    [bold('/audit packet jane@acme.example'), ' or ', bold('packet 2026Q3'), ': all that an auditor needs'],
    [bold('/audit verify'), ': whether the ledger is as it was written'],
  ]
  const known: Words = ['Services: ', outside(listed(services, 12), 300)]
  const buttons = STARTERS.flatMap(({ text, query }, index) => {
    const value = encodeAuditRef({ query, before: null })
    return value === null ? [] : [button({ text, action: `${actionIds.openAudit}.${index}`, value })]
  })
  return {
    blocks: [
      header('🔎 Asking the ledger'),
      paragraph(...head),
      labelled('Filters', { points }),
      labelled('And', { points: orders }),
      paragraph(...known),
      actions(buttons),
    ],
    text: fallbackText([head, ...points, ...orders, known]),
  }
}
