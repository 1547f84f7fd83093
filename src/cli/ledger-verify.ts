import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Finding } from '../ledger/verify/findings.ts'
import { type Verdict, verifyLedger } from '../ledger/verify/verify-ledger.ts'
import { dataFolder, openForReading, readAnchored, readKeys, segmentsFolder } from './ledger-files.ts'
import { readEnvironment } from './read-environment.ts'

/** `purser ledger verify`: reads the whole ledger and says whether it is as it was written; exit code 1 when it is not. */
export function ledgerVerify(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      against: { type: 'string', multiple: true },
      key: { type: 'string', multiple: true },
      segments: { type: 'string' },
    },
  })
  const folder = dataFolder(values.data)
  const files = values.against ?? ownAnchors(folder)
  // Before the database: a checkpoint that is anchored meanwhile covers more than is read.
  const anchored = readAnchored(files)
  const keys = readKeys(values.key ?? [], folder)
  const db = openForReading(folder)
  try {
    const verdict = verifyLedger({ db, keys, anchored, segments: segmentsFolder(values.segments, folder) })
    process.stdout.write(inWords(verdict, { own: values.against === undefined, files }))
    if (verdict.wrong > 0) process.exitCode = 1
  } finally {
    db.close()
  }
}

function ownAnchors(folder: string): string[] {
  const file = readEnvironment().PURSER_ANCHOR_FILE?.trim() || join(folder, 'checkpoints.txt')
  return existsSync(file) ? [file] : []
}

function inWords(verdict: Verdict, anchors: { own: boolean; files: readonly string[] }): string {
  const { findings, wrong, sealed, unsealed, archived, held } = verdict
  const inSegments = archived === 0 ? '' : `, ${archived.toLocaleString('en')} of them in segments`
  const read = `Read ${count(sealed, 'sealed entry', 'sealed entries')}${inSegments}; ${count(unsealed, 'newer entry is', 'newer entries are')} not sealed yet.`
  const agreed = `${count(held.anchored, 'anchored checkpoint agrees', 'anchored checkpoints agree')}, ${count(held.stored, 'stored one', 'stored ones')}.`
  const lines =
    wrong === 0
      ? ['The ledger is as it was written.', read, agreed, ...caveat(held.anchored, anchors)]
      : [
          'THE LEDGER WAS CHANGED.',
          `First: ${sentence(findings[0])}`,
          ...findings.slice(1).map((finding) => `       ${sentence(finding)}`),
          ...(wrong > findings.length ? [`       and ${wrong - findings.length} more`] : []),
          read,
          agreed,
        ]
  return `${lines.join('\n')}\n`
}

const sentence = (finding: Finding | undefined): string => {
  const { leaf = null, entry = null, says = '' } = finding ?? {}
  const place = [leaf === null ? null : `leaf ${leaf}`, entry === null ? null : `entry ${entry}`]
  return [...place.filter((each) => each !== null), says].join(', ')
}

function caveat(agreed: number, { own, files }: { own: boolean; files: readonly string[] }): string[] {
  if (!own && agreed > 0) return []
  const why =
    own && files.length > 0
      ? `${files.join()} stands on this host`
      : 'there was no anchored checkpoint to hold it against'
  return [`But ${why}: whoever can change the ledger may have changed that too. Use --against with one from Slack.`]
}

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`
