import type { Config } from '../config.ts'
import type { PauseGate } from '../engine/pause.ts'
import { createDeadmanSwitch } from '../second-path/deadman-switch.ts'
import { createSecondPath } from '../second-path/second-path.ts'
import { createMailSender } from '../second-path/send-mail.ts'
import type { PaintPorts } from '../slack/paint-card.ts'
import type { Ways } from './open-ways.ts'

interface Alerts {
  start(): void
  stop(): Promise<void>
}

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
  return {
    start() {
      path?.start()
      deadman?.start()
    },
    async stop() {
      await deadman?.stop()
      await path?.stop()
    },
  }
}
