import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { PersonNeeded } from '../domain/errors.ts'
import type { RunId } from '../domain/ids.ts'

/** That a data folder was restored: what its ledger cannot know of. */
const Restored = z.object({
  /** When the backup was made, in milliseconds since 1970. */
  backupAt: z.int().nonnegative(),
})
export type Restored = z.infer<typeof Restored>

const fileIn = (dataFolder: string): string => join(dataFolder, 'restored.json')

/** Remembers for good that the folder was restored. */
export function writeRestored(dataFolder: string, restored: Restored): void {
  writeFileSync(fileIn(dataFolder), `${JSON.stringify(restored)}\n`, { mode: 0o600 })
}

/**
 * Tells of a run since when calls of it may have left that are not in the ledger: runs of before a restore went on
 * after the backup. Their writes are looked for first, as after an answer that was lost. Throws PersonNeeded.
 */
export function forgottenSince(dataFolder: string): (run: RunId) => number | null {
  const file = fileIn(dataFolder)
  if (!existsSync(file)) return () => null
  const { backupAt } = read(file)
  return (run) => (startOf(run) <= backupAt ? backupAt : null)
}

/** Ids of ours begin with their time. */
const startOf = (run: RunId): number => Number.parseInt(run.replace('-', '').slice(0, 12), 16)

function read(file: string): Restored {
  try {
    return Restored.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new PersonNeeded({
      code: 'restored-unreadable',
      message: `${file} cannot be read: Purser could repeat what was done after the backup`,
      hint: 'Restore the backup anew into an empty folder.',
      cause,
    })
  }
}
