import { stringify } from 'csv-stringify/sync'
import type { EntryCore } from '../domain/entry.ts'
import type { OpenedBody } from './ledger.ts'

/** An entry as an export shows it. */
export interface ExportedEntry {
  core: EntryCore
  body: OpenedBody
  /** Names of the subjects, from the erasable directory. */
  subjectLabels: readonly string[]
}

const COLUMNS = [
  'id',
  'at',
  'kind',
  'actor',
  'subjects',
  'run',
  'workflow',
  'step',
  'service',
  'operation',
  'method',
  'url',
  'status',
  'duration_ms',
  'request',
  'answer',
  'details',
] as const

/** The line of CSV that names the columns, with the mark by which spreadsheets know that it is UTF-8. */
export const csvHeader = (): string => stringify([COLUMNS], { bom: true, record_delimiter: '\r\n' })

/** Entries as CSV (RFC 4180), one record each; what a spreadsheet would take for a formula has ' before it. */
export const csvRecords = (entries: readonly ExportedEntry[]): string =>
  stringify(
    entries.map((entry) => {
      const row = flatten(entry)
      return COLUMNS.map((column) => cell(row[column]))
    }),
    { quoted: true, record_delimiter: '\r\n' },
  )

/** A table as CSV (RFC 4180), with its columns named first; formulas are disarmed as in `csvRecords`. */
export const csvTable = (columns: readonly string[], rows: readonly Record<string, string>[]): string =>
  stringify([columns], { bom: true, record_delimiter: '\r\n' }) +
  stringify(
    rows.map((row) => columns.map((column) => cell(row[column]))),
    { quoted: true, record_delimiter: '\r\n' },
  )

/** Entries as JSON, one to a line; values are exact, and the body says when it was erased. */
export const jsonLines = (entries: readonly ExportedEntry[]): string =>
  entries
    .map((entry) => {
      const { request, answer, details, ...plain } = flatten(entry)
      return `${JSON.stringify({ ...plain, body: entry.body.kind, request, answer, details })}\n`
    })
    .join('')

function flatten({ core, body, subjectLabels }: ExportedEntry): Record<(typeof COLUMNS)[number], unknown> {
  const { request, answer, ...rest } = body.kind === 'open' ? body.body : {}
  const erased = body.kind === 'erased' ? '(erased)' : undefined
  const details = { ...core.facts, ...rest }
  return {
    id: core.id,
    at: new Date(core.at).toISOString(),
    kind: core.kind,
    actor: core.actor,
    subjects: subjectLabels,
    run: core.run,
    workflow: core.facts?.workflow,
    step: core.step,
    service: core.service,
    operation: core.operation,
    method: core.method,
    url: core.url,
    status: core.status,
    duration_ms: core.duration,
    request: request ?? erased,
    answer: answer ?? erased,
    details: Object.keys(details).length > 0 ? details : undefined,
  }
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return guarded(value.join('; '))
  return guarded(typeof value === 'string' ? value : JSON.stringify(value))
}

/**
 * A formula begins with = + - @ (or their full-width forms), also behind blanks and invisible characters; and a reader
 * that splits at line breaks, tabs or semicolons sees a beginning behind each of them.
 */
const BREAK = String.raw`[\n\r\t\v\f\u0085\u2028\u2029;]`
const BLANKS = String.raw`(?:(?!${BREAK})[\p{Cc}\p{Cf}\p{Z}"])*`
const FORMULA = new RegExp(String.raw`(^|${BREAK})(${BLANKS})(?=[=+\-@＝＋－＠﹣−﹢﹦﹫])`, 'gu')
const LEADING_CONTROL = /^[\t\r\n]/

function guarded(text: string): string {
  const safe = text.replace(FORMULA, (_, start: string, blanks: string) => `${start}'${blanks}`)
  return LEADING_CONTROL.test(safe) ? `'${safe}` : safe
}
