import { hostname } from 'node:os'
import type { Config } from '../config.ts'
import { eventSend } from '../connectors/pagerduty/events.ts'
import { PurserError } from '../domain/errors.ts'
import type { BoundCall } from '../domain/operation.ts'
import type { SecondPathSettings } from '../second-path/read-second-path.ts'
import { createMailSender, greetMailServer } from '../second-path/send-mail.ts'
import { type Check, note, ok, wrong, wrongBy } from './doctor-check.ts'

interface Alerts {
  mail: Config['mail']
  secondPath: SecondPathSettings
  /** Whether a test alert is to be sent. */
  test: boolean
  /** Milliseconds since 1970. */
  now: number
}

/** The ways by which alerts reach people when Slack does not take them. */
export async function checkAlerts(call: BoundCall, { mail, secondPath, test, now }: Alerts): Promise<Check[]> {
  const { routingKey, deadmanUrl, missing } = secondPath
  const halfDone = missing.map(({ variable, problem, what, where }) =>
    wrong('Second path', `${variable} ${problem}`, `${variable}: ${what}. ${where}`),
  )
  const none = mail === null && routingKey === null && missing.length === 0
  return [
    ...halfDone,
    ...(none
      ? [note('Second path', 'not set up: when Slack is down, alerts reach nobody (SMTP_URL, PAGERDUTY_ROUTING_KEY)')]
      : []),
    ...(mail === null ? [] : [await checkMail(mail, test)]),
    ...(routingKey === null ? [] : [await checkPagerDuty(call, { routingKey, test, now })]),
    deadmanUrl === null
      ? note('Outside switch', 'not set up: nobody notices when this host is gone (DEADMAN_URL)')
      : ok('Outside switch', 'called every minute while Purser is well'),
  ]
}

const TEST = 'This is a test alert, sent by purser doctor. Nothing is wrong.'

async function checkMail(mail: NonNullable<Config['mail']>, test: boolean): Promise<Check> {
  const what = 'Alerts by e-mail'
  try {
    if (!test) {
      await greetMailServer(mail)
      return ok(what, `the mail server takes our credentials; alerts go to ${mail.to.join(', ')}`)
    }
    const text = `${TEST}\n`
    const key = `purser/test/${process.pid}`
    const { response } = await createMailSender(mail)({ subject: 'Purser: test alert', text, key })
    return ok(what, `a test alert went to ${mail.to.join(', ')}: ${response}`)
  } catch (error) {
    return wrongBy(what, error)
  }
}

async function checkPagerDuty(
  call: BoundCall,
  { routingKey, test, now }: { routingKey: string; test: boolean; now: number },
): Promise<Check> {
  const what = 'PagerDuty'
  if (!test) return ok(what, 'has an integration key; --test-alert shows whether it is right')
  const event = {
    ...{ routingKey, dedupKey: `purser/test/${hostname()}`, summary: TEST, source: `Purser on ${hostname()}` },
    ...{ severity: 'info' as const, at: now, details: {} },
  }
  try {
    await call(eventSend, { ...event, action: 'trigger' }, 'trigger')
    await call(eventSend, { ...event, action: 'resolve' }, 'resolve')
    return ok(what, 'took a test alert, and its end')
  } catch (error) {
    if (error instanceof PurserError && error.code === 'status-400') {
      return wrong(
        what,
        error.message,
        'Set PAGERDUTY_ROUTING_KEY to the integration key of an Events API v2 integration.',
      )
    }
    return wrongBy(what, error)
  }
}
