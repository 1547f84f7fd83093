import { bold, type Piece } from '../../pieces.ts'
import { say } from '../say.ts'

/** How the ledger is asked. */
export const auditHelp = {
  title: '🔎 Asking the ledger',
  how: 'Plain words find whom or what a process is about; filters narrow it down. An entry has to fit all of them.',
  filters: 'Filters',
  and: 'And',
  more: () => [
    say`${bold('export csv')} or ${bold('export jsonl')} at the end: all that fits, as a file`,
    say`${bold('/audit saved')}: your saved queries; ${bold('/audit save NAME …')} saves one`,
    say`${bold('/audit packet jane@acme.example')} or ${bold('packet 2026Q3')}: all that an auditor needs`,
    say`${bold('/audit verify')}: whether the ledger is as it was written`,
  ],
  services: (names: Piece) => say`Services: ${names}`,
  /** Queries that people begin with; each has a button that runs it. */
  starters: [
    { text: 'Refused calls of today', query: 'status:>=400 since:24h' },
    { text: 'Decisions this week', query: 'kind:decision since:7d' },
    { text: 'What I did', query: 'actor:me since:7d' },
  ],
}
