import { open } from 'node:fs/promises'
import type { Anchor } from './anchor.ts'

/** Appends checkpoints to a file, best on a disk that this host can only append to. */
export function fileAnchor(path: string): Anchor {
  return {
    name: 'file',
    atStop: true,
    async put({ note }) {
      const handle = await open(path, 'a', 0o644)
      try {
        // The blank line before it also ends a line that a crash left half written.
        await handle.appendFile(`\n${note}`)
        await handle.sync()
      } finally {
        await handle.close()
      }
    },
  }
}
