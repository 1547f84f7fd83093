import type { PacketTables, Table } from './packet-tables.ts'

interface About {
  title: string
  /** Who asked for it, and when, in milliseconds since 1970. */
  by: string
  at: number
  entries: number
  /** Entries that no checkpoint covers yet. */
  unproven: number
  /** The newest checkpoint's size, to which the proofs lead. */
  size: number
  rules: readonly number[]
}

const MOST_SHOWN = 50

/** What a packet holds, for somebody who has never seen one: Markdown. */
export function packetSummary(tables: PacketTables, about: About): string {
  const { population, access, approvals, exceptions, readings } = tables
  const unproven =
    about.unproven === 0 ? '' : ` ${about.unproven} of them are newer than the newest checkpoint and have no proof yet.`
  return [
    `# Evidence packet: ${line(about.title)}`,
    `Made by ${line(about.by)} on ${new Date(about.at).toISOString()} from ${about.entries} entries of the ledger.${unproven}`,
    `## What is in it`,
    [
      `- \`population.csv\`: ${count(population, 'run')}, each with who started it, when, and how it ended`,
      `- \`access.csv\`: ${count(access, 'access')}: when it was given or taken back, in which system, by whose order, who approved`,
      `- \`approvals.csv\`: ${count(approvals, 'decision')} on approvals, with identities`,
      `- \`exceptions.csv\`: ${count(exceptions, 'exception')}: failures, skips, what was done by hand, cancelled, refused`,
      `- \`readings.csv\`: ${count(readings, 'reading')} of the ledger in this scope`,
      `- \`entries.jsonl\`: every entry, opened where its key is not erased. Purser’s own looks that found a service well`,
      `  are left out; \`purser ledger export\` has them`,
      `- \`rules/\`: the rules that decided${about.rules.length > 0 ? ` (versions ${about.rules.join(', ')})` : ''}`,
      `- \`proof.jsonl\`, \`public-key.txt\`, \`verify.mjs\`: the proof that these entries are as they were written`,
    ].join('\n'),
    `## Access, in the order of time`,
    shown(access, ['at', 'subject', 'what', 'systems', 'step', 'how', 'started_by', 'approved_by']),
    `## Approvals`,
    shown(approvals, ['at', 'subject', 'step', 'decision', 'by', 'reason']),
    `## Exceptions`,
    shown(exceptions, ['at', 'subject', 'step', 'what', 'by', 'says']),
    `## How to check it`,
    [
      'With Node.js 20 or newer, in this folder:',
      '',
      '    node verify.mjs proof.jsonl public-key.txt --checkpoint KEPT.txt',
      '',
      `KEPT.txt is a checkpoint that you kept, or copied from the anchors: without one, the proof shows that the entries`,
      `belong to a ledger of ${about.size} entries signed by the key, not that the ledger was never made anew.`,
      'Take the public key from where you kept it rather than from this packet.',
    ].join('\n'),
    '',
  ].join('\n\n')
}

function shown({ rows }: Table, columns: readonly string[]): string {
  if (rows.length === 0) return 'None.'
  const cells = (values: readonly string[]): string => `| ${values.join(' | ')} |`
  const some = rows.slice(0, MOST_SHOWN).map((row) => cells(columns.map((column) => line(row[column] ?? ''))))
  const more = rows.length > MOST_SHOWN ? [`\n${rows.length - MOST_SHOWN} more are in the file.`] : []
  return [cells(columns), cells(columns.map(() => '---')), ...some, ...more].join('\n')
}

/** Text from outside as one line that is no markup. */
const line = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|#]/g, '\\$&')
    .slice(0, 300)

const count = ({ rows }: Table, one: string): string => {
  const many = one.endsWith('s') ? `${one}es` : `${one}s`
  return `${rows.length} ${rows.length === 1 ? one : many}`
}
