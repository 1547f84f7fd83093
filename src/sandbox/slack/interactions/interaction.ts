import { setTimeout as wait } from 'node:timers/promises'
import { APP, TEAM } from '../../seed.ts'
import type { SandboxUser, SandboxView } from '../../state.ts'
import type { Trigger, Triggers } from '../triggers.ts'
import type { View, Workspace } from '../workspace.ts'
import type { PurserLink, Reply } from './purser-link.ts'
import type { ResponseUrls } from './response-urls.ts'

/** What every interaction is made with. */
export interface Parts {
  workspace: Workspace
  triggers: Triggers
  responseUrls: ResponseUrls
  link: PurserLink
  /** Where the sandbox's Slack is reached. */
  url: () => string
}

/** What a script reads after it did something: Purser's answer and what it led to. */
export interface Outcome extends Reply {
  /** The modal that was opened with this interaction's trigger. */
  view?: SandboxView
}

export const VERIFICATION_TOKEN = 'sandbox-verification-token'

/** The fields that stand in every interaction payload. */
export function payloadBase(user: SandboxUser): Record<string, unknown> {
  return {
    team: { id: TEAM.id, domain: TEAM.domain },
    user: { id: user.id, username: user.account, name: user.account, team_id: TEAM.id },
    api_app_id: APP.id,
    token: VERIFICATION_TOKEN,
    enterprise: null,
    is_enterprise_install: false,
  }
}

/** Sends a payload as Slack sends interactions: as JSON in one field of a form. */
export function deliverPayload(link: PurserLink, payload: Record<string, unknown>): Promise<Reply> {
  return link.deliver({
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
  })
}

interface Awaited {
  reply: Reply
  trigger: Trigger
  responseUrl?: string
  /** How long to wait for a modal or a private answer that comes after the acknowledgement. */
  waitMs: number
}

/** Adds what the interaction led to, waiting for it a little when asked to. */
export async function outcomeOf(parts: Parts, { reply, trigger, responseUrl, waitMs }: Awaited): Promise<Outcome> {
  const arrived = () =>
    trigger.opened !== null || (responseUrl !== undefined && parts.responseUrls.usesOf(responseUrl) > 0)
  if (waitMs > 0 && !arrived() && reply.error === undefined) {
    const stop = new AbortController()
    const forget = parts.workspace.onChange(() => setImmediate(() => arrived() && stop.abort()))
    await wait(waitMs, undefined, { signal: stop.signal }).catch(() => undefined)
    forget()
  }
  return trigger.opened ? { ...reply, view: shownView(trigger.opened) } : { ...reply }
}

/** A view as the page and scripts see it. */
export function shownView({ id, callbackId, hash, view, errors }: View): SandboxView {
  return { id, callbackId, hash, view, errors }
}
