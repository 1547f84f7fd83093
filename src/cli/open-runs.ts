import { openSqliteStore } from '../../db/sqlite/sqlite-store.ts'
import type { StoredRun } from '../../db/store.ts'
import { workflows } from '../../workflows/index.ts'
import { type RunId, shortId } from '../domain/ids.ts'
import { outlineOf } from '../domain/outline.ts'
import { type Run, type Step, settled } from '../domain/run.ts'
import { decodeRun } from '../engine/run-codec.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'

interface Restored {
  databasePath: string
  keys: SubjectKeys
  /** When the backup was made, in words. */
  made: string
  /** How many subjects stay erased. */
  erased: number
  data: string
}

const PAGE = 500

/** What the operator has to look at before a restored Purser goes on: runs whose services may be ahead of the backup. */
export async function openRunsInWords({ databasePath, keys, made, erased, data }: Restored): Promise<string> {
  const store = openSqliteStore({
    path: databasePath,
    onDiskFailure(error) {
      throw error
    },
  })
  try {
    const lines: string[] = []
    let after: RunId | null = null
    for (;;) {
      const rows: StoredRun[] = await store.unfinishedRuns(after, PAGE)
      lines.push(...rows.map((row) => inWords(row, decodeRun(row, keys))))
      after = rows.at(-1)?.id ?? null
      if (rows.length < PAGE) break
    }
    return [
      `Restored to ${data} as it was at ${made} UTC. Purser starts paused on it.`,
      ...(erased === 0 ? [] : [`${erased} erased ${erased === 1 ? 'subject stays' : 'subjects stay'} erased.`]),
      ...(lines.length === 0
        ? ['No run was open then.']
        : [
            `${lines.length === 1 ? 'One run was' : `${lines.length} runs were`} open then; the services may be ahead of what Purser knows:`,
            ...lines,
          ]),
      'Runs that were started after the backup are not in it: look for them in Slack and in the services.',
      'When you have looked: start Purser, then purser resume. Steps look in the service before they write again.',
    ].join('\n')
  } finally {
    await store.close()
  }
}

function inWords(row: StoredRun, run: Run | null): string {
  const head = `  run ${shortId(row.id)}, ${row.workflow}, started ${new Date(row.startedAt).toISOString().slice(0, 16)}Z`
  if (!run) return `${head}: cannot be read, its subject was erased`
  const outline = workflows.find(({ name }) => name === run.workflow)?.outline
  const title = (step: Step): string => (outline && outlineOf(outline, step.key)?.title) ?? step.key
  const list = (steps: readonly Step[]): string => steps.map(title).join(', ')
  const underWay = run.steps.filter(isUnderWay)
  const later = run.steps.filter((step) => !settled(step) && !isUnderWay(step))
  const parts = [
    ...(underWay.length === 0 ? [] : [`under way: ${list(underWay)}`]),
    ...(later.length === 0 ? [] : [`not begun or not done: ${list(later)}`]),
  ]
  return `${head}: ${parts.join('; ') || 'a ticket was being opened'}`
}

/** A request of it may have been on the wire. */
const isUnderWay = (step: Step): boolean => step.status === 'running' || step.status === 'backing-off'
