import { bold, type Piece } from '../../pieces.ts'
import { say } from '../say.ts'
import { count } from './count.ts'

const olderGoesOn = 'The search took long and stopped here; Older goes on with it.'

interface Found {
  entries: number
  isOlder: boolean
  isLast: boolean
  isCutShort: boolean
}

/** The ledger, as people ask it and read it. */
export const audit = {
  everything: 'everything',
  title: (query: string) => `🔎 Ledger: ${query}`,
  ledgerFor: (query: Piece) => say`Ledger: ${query}`,
  found: ({ entries, isOlder, isLast, isCutShort }: Found) =>
    `${isOlder ? count(entries, 'older entry', 'older entries') : count(entries, 'entry', 'entries')}, newest first${isLast ? '; there are none before these' : ''}.${isCutShort ? ` ${olderGoesOn}` : ''}`,
  nothingYet: `Nothing found so far. ${olderGoesOn}`,
  noneMatches: 'No entry matches. Try fewer words, or look further back, as with since:90d.',
  noOlderMatches: 'No older entry matches.',
  looksLeftOut: 'Purser’s own looks that found a service well are left out: actor:purser:probe shows them.',
  paintingLeftOut: ({ entries, isAll }: { entries: number; isAll: boolean }) =>
    `${isAll ? '' : 'At least '}${count(entries, 'entry', 'entries')} of Purser’s own cards and answers in Slack ${entries === 1 ? 'is' : 'are'} left out: add service:slack to see them.`,
  entryAt: ({ at, says, more }: { at: Piece; says: Piece; more: Piece }) => say`${at}: ${says} · ${more}`,
  by: (who: string) => `by ${who}`,
  attempt: (number: number) => `try ${number}`,
  step: (key: string) => `step ${key}`,
  details: 'Details',
  detailsOf: (entry: string) => `Details: ${entry}`,
  newest: '◂ Newest',
  older: 'Older ▸',
  save: 'Save…',
  tooLongToTurn: 'This query is too long to turn its pages: narrow it with until:.',

  cutBefore: '… ',
  missingHere: '?',
  cannotBeRead: (why: Piece) => say`This query cannot be read: ${why}`,

  noneSaved: () =>
    say`You have saved no query yet. Press Save… under a page of the ledger, or: ${bold('/audit save github-errors service:github status:>=400')}`,
  saved: (queries: number) => `${count(queries, 'saved query', 'saved queries')}. /audit saved NAME runs one.`,
  savedAs: (name: Piece, query: Piece) => say`${name}: ${query}`,
  run: 'Run',
  runThat: (name: string) => `Run: ${name}`,
  remove: 'Remove',
  removeThat: (name: string) => `Remove: ${name}`,
}
