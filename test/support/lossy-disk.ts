import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { dirname } from 'node:path'

interface Moved {
  from: string
  to: string
  /** What stood there before. */
  before: Buffer | null
}

export interface LossyDisk extends Disposable {
  /** Takes what was never synced: bytes of files, and new names of files. Answers with how many were taken. */
  losePower(): number
}

/**
 * Watches what is written into a folder by this thread and whether it is synced, for as long as it is in scope.
 * `syncs: false`: a disk on which a sync does nothing, as if the code forgot it.
 */
export function lossyDisk(folder: string, { syncs }: { syncs: boolean }): LossyDisk {
  const { openSync, fsyncSync, renameSync, writeFileSync } = fs
  const opened = new Map<number, string>()
  const unsynced = new Set<string>()
  let moved: Moved[] = []
  const isOurs = (path: unknown): path is string => typeof path === 'string' && path.startsWith(folder)

  const watched: Partial<typeof fs> = {
    openSync: (path, flags, mode) => {
      const handle = openSync(path, flags, mode)
      if (isOurs(path)) opened.set(handle, path)
      if (isOurs(path) && flags !== 'r') unsynced.add(path)
      return handle
    },
    fsyncSync: (handle) => {
      fsyncSync(handle)
      const path = opened.get(handle)
      if (!syncs || path === undefined) return
      unsynced.delete(path)
      moved = moved.filter(({ to }) => dirname(to) !== path)
    },
    renameSync: (from, to) => {
      if (isOurs(from) && isOurs(to)) {
        moved.push({ from, to, before: fs.existsSync(to) ? fs.readFileSync(to) : null })
        if (unsynced.delete(from)) unsynced.add(to)
      }
      renameSync(from, to)
    },
    writeFileSync: (path, data, options) => {
      writeFileSync(path, data, options)
      if (isOurs(path)) unsynced.add(path)
    },
  }
  Object.assign(fs, watched)
  syncBuiltinESMExports()
  return {
    losePower() {
      const taken = unsynced.size + moved.length
      for (const path of unsynced) fs.truncateSync(path)
      for (const { from, to, before } of moved.toReversed()) {
        renameSync(to, from)
        if (before) writeFileSync(to, before)
      }
      unsynced.clear()
      moved = []
      return taken
    },
    [Symbol.dispose]() {
      Object.assign(fs, { openSync, fsyncSync, renameSync, writeFileSync })
      syncBuiltinESMExports()
    },
  }
}
