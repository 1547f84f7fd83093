import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { PauseGate } from '../engine/pause.ts'
import { createDeadmanSwitch } from '../second-path/deadman-switch.ts'
import { createSecondPath, type SecondPath } from '../second-path/second-path.ts'
import { createMailSender } from '../second-path/send-mail.ts'
import type { PaintPorts } from '../slack/paint-card.ts'
import { LIMITS } from '../watchdog/judge-signs.ts'
import { spoolIn } from '../watchdog/orders.ts'
import { startWatchdog } from '../watchdog/start-watchdog.ts'
import { takeInSpool } from '../watchdog/take-in-spool.ts'
import { type Repeated as Alerts, every } from './every.ts'
import type { Ways } from './open-ways.ts'

/** What tells people when Slack does not, and what tells outsiders that all is well. */
export function openAlerts(
  config: Config,
  ways: Ways,
  { paint, pause }: { paint: PaintPorts; pause: PauseGate },
): Alerts {
  const { store, secondPath } = ways
  const sendMail = config.mail && createMailSender(config.mail)
  const path =
    sendMail || secondPath.routingKey
      ? createSecondPath({
          ...ways,
          ...paint,
          routingKey: secondPath.routingKey,
          sendMail,
          paused: () => pause.current() !== null,
        })
      : null
  const deadman =
    secondPath.deadmanUrl === null
      ? null
      : createDeadmanSwitch({
          ...ways,
          url: secondPath.deadmanUrl,
          async isWell() {
            await store.nextWake()
            return path?.trouble() == null
          },
        })
  const guard = path && guardOf(config, ways, path)
  return {
    start() {
      path?.start()
      deadman?.start()
      guard?.start()
    },
    async stop() {
      await deadman?.stop()
      await path?.stop()
      await guard?.stop()
    },
  }
}

/** Milliseconds between two looks whether the watchdog has sent something, and whether the database can be read. */
const TAKE_IN_EVERY_MS = 60_000
const PROBE_EVERY_MS = 5_000

/** The watchdog beside this process, and what it sent by itself into the ledger. */
function guardOf(config: Config, ways: Ways, path: SecondPath): Alerts {
  const { store, clock, secondPath, onError, databaseTrouble } = ways
  let unreadable: string | null = null
  const probe = every(clock, PROBE_EVERY_MS, async () => {
    unreadable = await store.nextWake().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
  })
  const takeIn = every(clock, TAKE_IN_EVERY_MS, async () => {
    await takeInSpool(ways, spoolIn(config.dataFolder)).catch(onError)
  })
  const pagerDuty = secondPath.endpoints.find(({ service }) => service === 'pagerduty')
  let watchdog: ReturnType<typeof startWatchdog> | null = null
  return {
    start() {
      probe.start()
      takeIn.start()
      watchdog = startWatchdog({
        ...{ clock, onError },
        orders: {
          ...{ dataFolder: resolve(config.dataFolder), limits: LIMITS, lookEveryMs: 1_000, orphanMs: 60_000 },
          language: config.language,
          mail: config.mail && { ...config.mail, to: [...config.mail.to] },
          pagerDuty:
            pagerDuty && secondPath.routingKey !== null
              ? { url: pagerDuty.baseUrl, routingKey: secondPath.routingKey }
              : null,
        },
        health: () => ({ database: databaseTrouble() ?? unreadable, alerts: path.trouble() }),
      })
    },
    async stop() {
      await probe.stop()
      await takeIn.stop()
      await watchdog?.stop()
    },
  }
}
