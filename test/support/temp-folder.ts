import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of its own for a test, gone at the end of its scope. */
export const tempFolder = (): { path: string } & Disposable => folderIn(tmpdir())

/** The same in memory where the system has such a place: for tests that commit a lot, and lose no power. */
export const quickFolder = (): { path: string } & Disposable => folderIn(SHARED_MEMORY)

const SHARED_MEMORY = writable('/dev/shm') ? '/dev/shm' : tmpdir()

function folderIn(parent: string): { path: string } & Disposable {
  const path = mkdtempSync(join(parent, 'purser-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

function writable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
