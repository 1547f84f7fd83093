import { closeSync, openSync, readSync, statfsSync, statSync } from 'node:fs'
import { texts } from '../../views/texts/index.ts'

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
      if (ino !== inode) return texts.watchdog.otherFile
      return readHeader(path) === HEADER ? null : texts.watchdog.noDatabase
    } catch (error) {
      return texts.watchdog.unreadable(error instanceof Error ? error.message : String(error))
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
