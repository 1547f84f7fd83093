import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { startSmtpSink } from '../../src/sandbox/mail/smtp-sink.ts'
import type { Orders } from '../../src/watchdog/orders.ts'
import { readSpool } from '../../src/watchdog/spool.ts'
import { tempFolder } from '../support/temp-folder.ts'

const MAIN = fileURLToPath(new URL('./main-under-test.ts', import.meta.url))
const LONGEST_MS = 15_000

/** A real main process with its watchdog over a real data folder, and a mail server; times are shortened. */
export async function openWatched(orders: Partial<Orders> = {}) {
  const folder = tempFolder()
  const sink = await startSmtpSink()
  const dbPath = join(folder.path, 'purser.db')
  const db = new Database(dbPath)
  db.exec('CREATE TABLE t (a)')
  db.close()
  const file = join(folder.path, 'orders.json')
  const whole: Orders = {
    ...{ dataFolder: folder.path, language: 'en', pagerDuty: null, lookEveryMs: 50, orphanMs: 3_000 },
    mail: { url: sink.url, to: ['ops@acme.example'], from: 'purser@acme.example' },
    limits: { silenceMs: 1_500, leastFreeBytes: 0 },
    ...orders,
  }
  writeFileSync(file, JSON.stringify(whole))
  const mains: ChildProcess[] = []
  const watchdogs: number[] = []

  const startMain = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [MAIN, file], { stdio: ['pipe', 'pipe', 'inherit'] })
    mains.push(child)
    child.stdout.on('data', (chunk: Buffer) => {
      for (const [, pid] of chunk.toString().matchAll(/watchdog (\d+)/g)) watchdogs.push(Number(pid))
    })
    await until(() => watchdogs.length > 0)
    // The spool is there once the watchdog has begun.
    await until(() => db !== null && isAlive(watchdogs.at(-1) ?? 0))
    return child
  }
  return {
    ...{ sink, dbPath, folder: folder.path, startMain, watchdogs },
    spool: () => readSpool(join(folder.path, 'watchdog.spool')),
    async [Symbol.asyncDispose]() {
      for (const child of mains) {
        if (child.exitCode === null && child.signalCode === null) {
          child.kill('SIGKILL')
          await once(child, 'exit')
        }
      }
      for (const pid of watchdogs) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
      await sink[Symbol.asyncDispose]()
      folder[Symbol.dispose]()
    },
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

export async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited > LONGEST_MS) throw new Error('it did not come about in time')
    await sleep(20)
  }
}
