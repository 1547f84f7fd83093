import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Verdict } from './verify-ledger.ts'

export interface VerifyJob {
  dataFolder: string
  /** Checkpoints that are kept on this host. */
  anchorFile: string
}

/** Holds the ledger of the data folder against its own anchors: seconds for a million entries. */
export type VerifyLedger = () => Promise<Verdict>

const THREAD = new URL('./verify-thread.ts', import.meta.url)
const THREAD_MEMORY = { maxOldGenerationSizeMb: 512 }

/** Verifies in a thread that lives for one reading; who asks meanwhile gets the answer of the one that runs. */
export function verifyInThread(at: { dataFolder: string; anchorFile: string | null }): VerifyLedger {
  const job: VerifyJob = {
    dataFolder: at.dataFolder,
    anchorFile: at.anchorFile ?? join(at.dataFolder, 'checkpoints.txt'),
  }
  let running: Promise<Verdict> | null = null
  return () => {
    running ??= verifyOnce(job).finally(() => {
      running = null
    })
    return running
  }
}

async function verifyOnce(job: VerifyJob): Promise<Verdict> {
  const thread = new Worker(THREAD, { workerData: job, resourceLimits: THREAD_MEMORY })
  try {
    return await new Promise((resolve, reject) => {
      thread.on('message', ({ verdict }: { verdict: Verdict }) => resolve(verdict))
      thread.on('error', reject)
      thread.on('exit', () => reject(new Error('The thread that verifies the ledger ended before it was done')))
    })
  } finally {
    await thread.terminate()
  }
}
