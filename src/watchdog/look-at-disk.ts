import { closeSync, openSync, readSync, statfsSync, statSync } from 'node:fs'

const HEADER = 'SQLite format 3\0'

export interface DiskSigns {
  freeBytes: number
  /** What is wrong with the database file; null when nothing is seen to be. */
  file: string | null
}

/** Looks at the disk and the database file from outside; the database itself is the main process's alone. */
export function diskLooker(dataFolder: string): () => DiskSigns {
  const path = `${dataFolder}/purser.db`
  let inode: bigint | null = null
  const lookAtFile = (): string | null => {
    try {
      const { ino } = statSync(path, { bigint: true })
      inode ??= ino
      if (ino !== inode)
        return 'another file has taken the place of purser.db; what is written goes nowhere. Stop Purser, put the right one back.'
      return readHeader(path) === HEADER
        ? null
        : 'purser.db does not begin as a database does. Restore it from a backup.'
    } catch (error) {
      return `purser.db cannot be read (${error instanceof Error ? error.message : String(error)}). Restore it from a backup.`
    }
  }
  return () => ({ freeBytes: freeBytesOf(dataFolder), file: lookAtFile() })
}

function freeBytesOf(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    // The folder is gone: the file says so.
    return Number.POSITIVE_INFINITY
  }
}

function readHeader(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(HEADER.length)
    readSync(file, bytes, 0, bytes.length, 0)
    return bytes.toString('latin1')
  } finally {
    closeSync(file)
  }
}
