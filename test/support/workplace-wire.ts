import { createHmac } from 'node:crypto'
import { CHANNEL_IDS, TEAM, USER_IDS } from '../../src/sandbox/seed.ts'
import type { OpenWorkplace } from './workplace.ts'

export interface WireAnswer {
  status: number
  body: string
}

interface Wire {
  body: string
  contentType?: string
  /** Seconds since 1970; now when absent. */
  stamp?: number
  secret?: string
  /** In place of the right one; null leaves it out. */
  signature?: string | null
  path?: string
}

/** Slack's signature of a request. */
export const signatureOf = (secret: string, stamp: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`

/** Sends bytes to Purser as Slack would, or as somebody who would like to be Slack. */
export async function sendWire({ place }: OpenWorkplace, wire: Wire): Promise<WireAnswer> {
  const stamp = wire.stamp ?? Math.floor(Date.now() / 1000)
  const signature =
    wire.signature === undefined
      ? signatureOf(wire.secret ?? place.sandbox.signingSecret, stamp, wire.body)
      : wire.signature
  const response = await fetch(`${place.purserUrl}${wire.path ?? '/slack/events'}`, {
    method: 'POST',
    headers: {
      connection: 'close',
      'content-type': wire.contentType ?? 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(stamp),
      ...(signature === null ? {} : { 'x-slack-signature': signature }),
    },
    body: wire.body,
    signal: AbortSignal.timeout(10_000),
  })
  return { status: response.status, body: await response.text() }
}

/** An interaction's body: JSON in one field of a form. */
export const payloadBody = (payload: object): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString()

/** What stands in every interaction of ops. */
export const fromOps = {
  team: { id: TEAM.id, domain: TEAM.domain },
  user: { id: USER_IDS.ops, username: 'ops', name: 'ops', team_id: TEAM.id },
  api_app_id: 'A0PURSER00',
  token: 'sandbox-verification-token',
  enterprise: null,
  is_enterprise_install: false,
  trigger_id: '1.2.invented',
}

/** Somebody presses a button that stands in #ops-alerts. */
export const pressOf = (action: object, more: object = {}): object => ({
  type: 'block_actions',
  ...fromOps,
  container: { type: 'message', message_ts: '1.000001', channel_id: CHANNEL_IDS.opsAlerts, is_ephemeral: false },
  channel: { id: CHANNEL_IDS.opsAlerts, name: 'ops-alerts' },
  message: { type: 'message', ts: '1.000001', text: 'invented' },
  actions: [{ type: 'button', block_id: 'b', action_ts: '1.000001', ...action }],
  ...more,
})

/** Somebody submits a form; values by field, each with Slack's type of input. */
export const submissionOf = (
  { id, callback, metadata }: { id: string; callback: string; metadata: string },
  values: Record<string, object>,
  more: object = {},
): object => ({
  type: 'view_submission',
  ...fromOps,
  view: {
    id,
    team_id: TEAM.id,
    type: 'modal',
    callback_id: callback,
    private_metadata: metadata,
    hash: '1.invented',
    blocks: [],
    title: { type: 'plain_text', text: 'Employee onboarding' },
    state: {
      values: Object.fromEntries(Object.entries(values).map(([field, element]) => [field, { value: element }])),
    },
  },
  response_urls: [],
  ...more,
})

const text = (type: string, value: string) => ({ type, value })

/** The form of an onboarding, filled in. */
export const employeeValues = (name: string, workEmail: string): Record<string, object> => ({
  name: text('plain_text_input', name),
  workEmail: text('email_text_input', workEmail),
  role: {
    type: 'static_select',
    selected_option: { text: { type: 'plain_text', text: 'Engineer' }, value: 'engineer' },
  },
  team: text('plain_text_input', 'Platform'),
  manager: { type: 'users_select', selected_user: USER_IDS.manager },
  startDate: { type: 'datepicker', selected_date: '2026-12-01' },
  employmentType: {
    type: 'radio_buttons',
    selected_option: { text: { type: 'plain_text', text: 'Employee' }, value: 'employee' },
  },
})
