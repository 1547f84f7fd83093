import { Worker } from 'node:worker_threads'
import type { EntryFilter } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { EntryCore, EntryKind, type StoredEntry } from '../domain/entry.ts'
import { RetryLater } from '../domain/errors.ts'
import type { EntryId } from '../domain/ids.ts'
import type { PageAnswer, PageRequest, RawPage, ReaderFiles } from './reader/messages.ts'

export interface AuditQuestion {
  filter: EntryFilter
  /** What an entry's body has to hold; upper and lower case alike. */
  text: string | null
  /** From behind this entry on; null for the newest. */
  before: EntryId | null
  limit: number
}

export interface AuditPage {
  /** Newest first; their bodies still sealed. */
  entries: StoredEntry[]
  /** Where to go on (`before`); null when nothing older can match. */
  next: EntryId | null
  /** False when the time ran out before the page was full: there may be more behind `next`. */
  complete: boolean
}

export interface AuditReader {
  /** Throws RetryLater when too many wait, or when the reading ended in between. */
  page(question: AuditQuestion): Promise<AuditPage>
  close(): Promise<void>
}

interface Options extends ReaderFiles {
  clock: Pick<Clock, 'after'>
  limits?: Partial<Limits>
}

interface Limits {
  /** Milliseconds after which a page is answered with what was found by then. */
  withinMs: number
  /** Milliseconds after which a thread that says nothing is ended. */
  silentMs: number
  /** Questions that wait for the one thread, at most. */
  waiting: number
}

interface Job {
  request: PageRequest
  resolve(page: RawPage): void
  reject(error: Error): void
}

const LIMITS: Limits = { withinMs: 300, silentMs: 10_000, waiting: 32 }
const THREAD = new URL('./reader/reader-thread.ts', import.meta.url)
/** A query that would need more is ended alone, not with the process. */
const THREAD_MEMORY = { maxOldGenerationSizeMb: 256 }

/** Reads the ledger in a thread of its own, one question after the other; the thread starts with the first. */
export function createAuditReader({ clock, limits, ...files }: Options): AuditReader {
  const { withinMs, silentMs, waiting: mostWaiting } = { ...LIMITS, ...limits }
  const waiting: Job[] = []
  let current: { job: Job; stopWaiting(): void } | null = null
  let thread: Worker | null = null
  let closed = false

  const settle = (finish: (job: Job) => void): void => {
    const settled = current
    current = null
    settled?.stopWaiting()
    if (settled) finish(settled.job)
    work()
  }
  const ended = (which: Worker, why: string): void => {
    if (which !== thread) return
    thread = null
    settle((job) => job.reject(interrupted(why)))
  }
  const start = (): Worker => {
    const started = new Worker(THREAD, { workerData: files, resourceLimits: THREAD_MEMORY })
    started.on('message', (answer: PageAnswer) => {
      if (started !== thread) return
      settle((job) => (answer.kind === 'page' ? job.resolve(answer.page) : job.reject(new Error(answer.message))))
    })
    started.on('error', (error) => ended(started, String(error)))
    started.on('exit', () => ended(started, 'the thread ended'))
    return started
  }
  const work = (): void => {
    const job = current ? undefined : waiting.shift()
    if (!job) {
      // Only a question in flight keeps the process alive.
      if (!current) thread?.unref()
      return
    }
    thread ??= start()
    const asked = thread
    asked.ref()
    const giveUp = (): void => {
      ended(asked, `no answer within ${silentMs} ms`)
      void asked.terminate()
    }
    current = { job, stopWaiting: clock.after(silentMs, giveUp) }
    asked.postMessage(job.request)
  }

  return {
    async page({ filter, ...rest }) {
      if (closed) throw interrupted('Purser is ending')
      if (waiting.length >= mostWaiting) throw busy(waiting.length)
      const raw = await new Promise<RawPage>((resolve, reject) => {
        waiting.push({ request: { ...rest, filter: withWholeKinds(filter), withinMs }, resolve, reject })
        work()
      })
      return { ...raw, entries: raw.entries.map(parseEntry) }
    },
    async close() {
      closed = true
      for (const job of waiting.splice(0)) job.reject(interrupted('Purser is ending'))
      const last = thread
      if (!last) return
      ended(last, 'Purser is ending')
      await last.terminate()
    },
  }
}

/** `click` stands for every kind that begins with `click.` */
function withWholeKinds({ kinds, ...filter }: EntryFilter): EntryFilter {
  if (!kinds) return filter
  const meant = (whole: string): boolean => kinds.some((kind) => whole === kind || whole.startsWith(`${kind}.`))
  return { ...filter, kinds: EntryKind.options.filter(meant) }
}

const parseEntry = (bytes: string): StoredEntry => ({ core: EntryCore.parse(JSON.parse(bytes)), bytes })

const busy = (count: number): RetryLater =>
  new RetryLater({
    code: 'audit-busy',
    message: `The ledger is being read for ${count} others already`,
    hint: 'Ask again in a moment.',
  })

const interrupted = (why: string): RetryLater =>
  new RetryLater({
    code: 'audit-interrupted',
    message: `The reading of the ledger was interrupted: ${why}`,
    hint: 'Ask again; a subject, a run or a time makes it lighter.',
  })
