import { eventBody, type PagerDutyEvent } from '../../src/connectors/pagerduty/events.ts'
import { RetryLater } from '../../src/domain/errors.ts'
import { createSecondPath } from '../../src/second-path/second-path.ts'
import type { Mail } from '../../src/second-path/send-mail.ts'
import { openPainter } from '../slack/open-painter.ts'
import { TEAM } from '../support/test-ids.ts'
import { PagerDutyBody } from './pagerduty-body.ts'

interface Options {
  mail?: boolean
  pagerDuty?: boolean
}

/** The painter and the second path beside it, over one store; mail server and PagerDuty are faked at their ports. */
export async function openSecondPath({ mail = true, pagerDuty = true }: Options = {}) {
  const at = await openPainter()
  await at.restart()
  const mails: Mail[] = []
  const events: ReturnType<typeof eventBody>[] = []
  /** Which of the paths do not work, and how often that struck. */
  const down = { mail: false, pagerDuty: false, struck: 0 }
  const fail = (what: string): never => {
    down.struck += 1
    throw new RetryLater({ code: 'down', message: `${what} does not answer`, hint: 'Wait.' })
  }
  const options = {
    ...at.ports,
    team: TEAM,
    paused: () => false,
    sendMail: mail
      ? async (sent: Mail) => {
          if (down.mail) fail('The mail server')
          mails.push(sent)
          return { response: '250 OK' }
        }
      : null,
    routingKey: pagerDuty ? 'a'.repeat(32) : null,
    egress: {
      async call({ input }: { input: PagerDutyEvent }) {
        if (down.pagerDuty) fail('PagerDuty')
        events.push(PagerDutyBody.parse(eventBody(input)) as ReturnType<typeof eventBody>)
        return { dedupKey: input.dedupKey }
      },
    },
  } as unknown as Parameters<typeof createSecondPath>[0]
  let path = createSecondPath(options)
  path.start()
  return {
    ...at,
    ...{ mails, events, down },
    trouble: () => path.trouble(),
    /** Slack answers nothing from now on, or all again; says how often it did not. */
    slackDown: slackDown(at),
    /** Another process takes over; what was in memory is lost. */
    async restartPath() {
      await path.stop()
      path = createSecondPath(options)
      path.start()
    },
    async [Symbol.asyncDispose]() {
      await path.stop()
      await at[Symbol.asyncDispose]()
    },
  }
}

function slackDown(at: Awaited<ReturnType<typeof openPainter>>) {
  const count = { struck: 0 }
  const refuse = (): never => {
    count.struck += 1
    throw new RetryLater({ code: 'http-503', message: 'Slack answered 503', hint: 'Wait.' })
  }
  return {
    count,
    begin() {
      at.slack.says.post = refuse
      at.slack.says.update = refuse
    },
    end() {
      at.slack.says.post = null
      at.slack.says.update = null
    },
  }
}
