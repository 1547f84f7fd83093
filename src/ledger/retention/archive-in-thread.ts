import { Worker } from 'node:worker_threads'
import type { StoredSegment } from '../../../db/store.ts'
import type { ArchiveRequest } from './archive-next.ts'

export interface ArchiveJob {
  dbPath: string
  request: ArchiveRequest
}

/** Writes the next segment where one is due. */
export type Archive = (request: ArchiveRequest) => Promise<StoredSegment | null>

const THREAD = new URL('./archive-thread.ts', import.meta.url)
const THREAD_MEMORY = { maxOldGenerationSizeMb: 512 }

/** Archives in a thread that lives for one segment: never beside the writer. */
export const archiveInThread =
  (dbPath: string): Archive =>
  async (request) => {
    const job: ArchiveJob = { dbPath, request }
    const thread = new Worker(THREAD, { workerData: job, resourceLimits: THREAD_MEMORY })
    try {
      return await new Promise((resolve, reject) => {
        thread.on('message', ({ segment }: { segment: StoredSegment | null }) => resolve(segment))
        thread.on('error', reject)
        thread.on('exit', () => reject(new Error('The thread that archives the ledger ended before its segment did')))
      })
    } finally {
      await thread.terminate()
    }
  }
