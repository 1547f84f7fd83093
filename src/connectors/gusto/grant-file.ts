import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const Saved = z.object({ seed: z.string(), refreshToken: z.string().min(1) })

/** Keeps the newest refresh token on disk, so that a restart goes on from it. */
export interface GrantFile {
  refreshToken(): string
  /** On disk when it returns: only then may the new access token be used, which revokes the old refresh token. */
  save(refreshToken: string): void
}

/** The chain of refresh tokens that began with `first`; one that an operator sets anew begins another. */
export function openGrantFile(path: string, first: string): GrantFile {
  const seed = createHash('sha256').update(first).digest('base64url')
  let refreshToken = readSaved(path, seed) ?? first
  return {
    refreshToken: () => refreshToken,
    save(next) {
      writeDurably(path, JSON.stringify({ seed, refreshToken: next }))
      refreshToken = next
    },
  }
}

/** A file that cannot be read is as good as none: Gusto then says whether the first token still holds. */
function readSaved(path: string, seed: string): string | null {
  try {
    const saved = Saved.parse(JSON.parse(readFileSync(path, 'utf8')))
    return saved.seed === seed ? saved.refreshToken : null
  } catch {
    return null
  }
}

function writeDurably(path: string, text: string): void {
  const part = `${path}.part`
  const file = openSync(part, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(part, path)
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
