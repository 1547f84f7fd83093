import { stat } from 'node:fs/promises'
import type { Clock } from '../clock.ts'

interface Watched {
  path: string
  clock: Clock
  /** Milliseconds between two looks. */
  everyMs: number
  /** Awaited before the next look; what it throws goes to `failed`, and the same change is told again. */
  changed: () => Promise<void>
  failed: (error: unknown) => void
}

/**
 * Looks at a file again and again, which works where notifications do not: on network and container mounts, and when
 * editors replace the file. A change is told once two looks agree, so that a half-written file is not read.
 */
export function watchFile({ path, clock, everyMs, changed, failed }: Watched): { close(): Promise<void> } {
  let told: string | null = null
  let last: string | null = null
  let closed = false
  let looking = Promise.resolve()
  let cancel = () => {}

  const look = async (): Promise<void> => {
    const seen = await fingerprint(path)
    const isSettled = seen === last
    last = seen
    if (!isSettled || seen === told || closed) return
    await changed()
    told = seen
  }
  const schedule = (): void => {
    cancel = clock.after(everyMs, () => {
      looking = look()
        .catch(failed)
        .then(() => {
          if (!closed) schedule()
        })
    })
  }
  schedule()
  return {
    close() {
      closed = true
      cancel()
      return looking
    },
  }
}

/** Differs when the file is written or replaced; `absent` when it is not there. */
async function fingerprint(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
    return [ino, size, mtimeNs, ctimeNs].join()
  } catch (error) {
    return `absent: ${error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'}`
  }
}
