import { hostname } from 'node:os'
import type { Clock } from '../clock.ts'
import { eventSend, type PagerDutyEvent } from '../connectors/pagerduty/events.ts'
import { PurserError } from '../domain/errors.ts'
import type { Ids, SubjectId, TeamId } from '../domain/ids.ts'
import type { Egress } from '../egress/scope.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { postMail } from './post-mail.ts'
import type { SendMail } from './send-mail.ts'

export interface PathSettings {
  /** Null where alerts do not go by e-mail. */
  sendMail: SendMail | null
  /** Null where they do not go to PagerDuty. */
  routingKey: string | null
  egress: Egress
}

interface PathPorts extends PathSettings {
  ledger: Ledger
  clock: Clock
  ids: Ids
  onError(error: unknown): void
}

interface About {
  team: TeamId
  subjects: readonly SubjectId[]
}

interface Told {
  key: string
  about: About
  /** Milliseconds since 1970 of the failure. */
  since: number
  /** Alerts of PagerDuty in whose place this one comes: under their keys nobody would be paged again. */
  replaces: readonly string[]
  /** `trouble`: what went wrong on the other path, which is said on this one. */
  mail(trouble: string | null): { subject: string; text: string }
}

interface Ended {
  /** Alerts of PagerDuty that are over. */
  keys: readonly string[]
  about: About
  mail: { subject: string; text: string }
  /** The key of the message that this one ends. */
  answers: string
}

/** The ways to people beside Slack. What goes wrong on one is said on the other and in the log, and nowhere else. */
export interface Paths {
  /** The paths that took it: none, when nobody was told. */
  tell(told: Told): Promise<('mail' | 'pagerduty')[]>
  end(ended: Ended): Promise<boolean>
}

const PATIENT = { tries: 2, withinMs: 20_000, firstDelayMs: 1_000 }

export function createPaths(ports: PathPorts): Paths {
  const { sendMail, routingKey, clock } = ports

  /** What went wrong; null when it was taken. */
  const attempt = async (send: () => Promise<unknown>): Promise<string | null> => {
    try {
      await send()
      return null
    } catch (error) {
      ports.onError(error)
      if (!(error instanceof PurserError)) throw error
      return error.message
    }
  }
  const page = (event: Omit<PagerDutyEvent, 'routingKey' | 'source' | 'severity' | 'at'>, about: About, at: number) =>
    attempt(() =>
      ports.egress.call({
        operation: eventSend,
        input: { ...event, routingKey: routingKey ?? '', source: `Purser on ${hostname()}`, severity: 'error', at },
        scope: {
          ...{ team: about.team, subjects: about.subjects, urgent: true, tries: PATIENT },
          actor: { kind: 'machine', part: 'alerts' },
          purpose: { key: event.dedupKey, run: null, step: null, earlierCalls: false },
        },
      }),
    )

  return {
    async tell({ key, about, since, replaces, mail }) {
      const took: ('mail' | 'pagerduty')[] = []
      const { subject, text } = mail(null)
      const event = (details: PagerDutyEvent['details']) =>
        page({ action: 'trigger', dedupKey: key, summary: subject, details }, about, since)
      // Before the new one: a stop between the two leaves none open that nobody would end.
      for (const dedupKey of routingKey === null ? [] : replaces) {
        await page({ action: 'resolve', dedupKey, summary: subject, details: {} }, about, clock.now())
      }
      const ofPager = routingKey === null ? null : await event({ text })
      if (routingKey !== null && ofPager === null) took.push('pagerduty')
      if (sendMail === null) return took
      const send = sendMail
      const ofMail = await attempt(() => postMail({ ...ports, send }, { ...mail(ofPager), key }, about))
      if (ofMail === null) took.push('mail')
      // The same key: PagerDuty adds it to the alert that it has.
      else if (took.length > 0) await event({ text, mail: `Nobody got this by e-mail: ${ofMail}` })
      return took
    },
    async end({ keys, about, mail, answers }) {
      const troubles: (string | null)[] = []
      for (const key of routingKey === null ? [] : keys) {
        const event = { action: 'resolve', dedupKey: key, summary: mail.subject, details: {} } as const
        troubles.push(await page(event, about, clock.now()))
      }
      if (sendMail !== null) {
        const key = `${answers}/end`
        troubles.push(await attempt(() => postMail({ ...ports, send: sendMail }, { ...mail, key, answers }, about)))
      }
      return troubles.every((trouble) => trouble === null)
    },
  }
}
