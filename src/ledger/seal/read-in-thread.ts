import { Worker } from 'node:worker_threads'
import type { SealedLeaves } from '../../../db/store.ts'
import type { PassEnd } from './read-unsealed.ts'

export interface ThreadFiles {
  dbPath: string
}

export type FromThread = { kind: 'leaves'; sealed: SealedLeaves } | { kind: 'end'; end: PassEnd }

/** Reads what has no leaf yet; `store` writes the next leaves, and answers whether to go on. */
export type ReadUnsealed = (store: (sealed: SealedLeaves) => Promise<boolean>) => Promise<PassEnd>

const THREAD = new URL('./unsealed-thread.ts', import.meta.url)
const THREAD_MEMORY = { maxOldGenerationSizeMb: 128 }

/** Reads and hashes in a thread that lives for one pass: never beside the writer, and nothing is held while idle. */
export const readInThread =
  (files: ThreadFiles): ReadUnsealed =>
  async (store) => {
    const thread = new Worker(THREAD, { workerData: files, resourceLimits: THREAD_MEMORY })
    try {
      return await new Promise((resolve, reject) => {
        thread.on('message', (message: FromThread) => {
          if (message.kind === 'end') return resolve(message.end)
          store(message.sealed).then((goOn) => thread.postMessage(goOn), reject)
        })
        thread.on('error', reject)
        thread.on('exit', () => reject(new Error('The thread that seals the ledger ended before its pass did')))
      })
    } finally {
      await thread.terminate()
    }
  }
