import { holdFile } from '../../db/sqlite/process-lock.ts'
import { languages, speak } from '../../views/texts/index.ts'
import { systemClock } from '../clock.ts'
import { createLog } from '../log.ts'
import type { Signs } from './judge-signs.ts'
import { diskLooker } from './look-at-disk.ts'
import { MainSays, type Orders, spoolIn } from './orders.ts'
import { openSpool } from './spool.ts'
import { createWatchdog } from './watchdog.ts'
import { watchdogPaths } from './watchdog-paths.ts'

/** A look that comes so late shows that this process did not run: the machine slept, and the main process with it. */
const SLEPT_MS = 5_000
const LOCK_AGAIN_MS = 250

let secrets: readonly string[] = []
const log = createLog({
  level: 'info',
  clock: systemClock,
  scrubText: (text) => secrets.reduce((line, secret) => line.replaceAll(secret, '[hidden]'), text),
})
const heard = {
  beatAt: systemClock.elapsed(),
  hasMain: true,
  database: null as string | null,
  alerts: null as string | null,
}
let begun = false

process.on('message', (message) => {
  const said = MainSays.parse(message)
  heard.beatAt = systemClock.elapsed()
  if (said.says === 'stop') process.exit(0)
  if (said.says === 'alive') Object.assign(heard, { database: said.database, alerts: said.alerts })
  if (said.says === 'orders' && !begun) {
    begun = true
    watch(said.orders).catch((error: unknown) => {
      log.error('the watchdog has failed', { err: error })
      process.exit(1)
    })
  }
})
process.on('disconnect', () => {
  heard.hasMain = false
  if (!begun) process.exit(0)
})
// A terminal sends it to both: the main process says when it has stopped. Who ends this one alone means it.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => process.exit(0))

async function watch(orders: Orders): Promise<void> {
  secrets = secretsIn(orders)
  speak(languages[orders.language])
  await holdTurn(`${orders.dataFolder}/watchdog.lock.db`)
  const lookAtDisk = diskLooker(orders.dataFolder)
  const signs = (): Signs => ({
    now: systemClock.elapsed(),
    ...{ beatAt: heard.beatAt, hasMain: heard.hasMain },
    said: { database: heard.database, alerts: heard.alerts },
    ...lookAtDisk(),
  })
  const watchdog = createWatchdog({
    clock: systemClock,
    spool: openSpool(spoolIn(orders.dataFolder)),
    limits: orders.limits,
    paths: watchdogPaths(orders, systemClock),
    signs,
    onError: (error) => log.error('the watchdog could not tell of something', { err: error }),
  })
  let orphanedAt: number | null = null
  for (;;) {
    const lookedAt = systemClock.elapsed()
    if (!heard.hasMain) orphanedAt ??= lookedAt
    await watchdog.look()
    const isOver = orphanedAt !== null && (watchdog.hasTold() || systemClock.elapsed() - orphanedAt > orders.orphanMs)
    if (isOver) process.exit(0)
    await systemClock.sleep(orders.lookEveryMs)
    const late = systemClock.elapsed() - lookedAt - orders.lookEveryMs
    if (late > SLEPT_MS) heard.beatAt = systemClock.elapsed()
  }
}

/** An earlier watchdog may still be telling that its Purser has ended; there are never two at once. */
async function holdTurn(path: string): Promise<void> {
  for (;;) {
    try {
      holdFile(path)
      return
    } catch {
      await systemClock.sleep(LOCK_AGAIN_MS)
    }
  }
}

const secretsIn = ({ mail, pagerDuty }: Orders): string[] =>
  [mail === null ? '' : new URL(mail.url).password, pagerDuty?.routingKey ?? ''].filter((secret) => secret !== '')
