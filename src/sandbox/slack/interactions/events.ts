import { randomUUID } from 'node:crypto'
import { APP, TEAM } from '../../seed.ts'
import type { SandboxUser } from '../../state.ts'
import { isMember, openDirectMessages } from '../channels.ts'
import { describeView } from '../describe.ts'
import { addMessage, threadOf } from '../messages.ts'
import type { Channel, Workspace } from '../workspace.ts'
import { type Parts, VERIFICATION_TOKEN } from './interaction.ts'
import type { PurserLink, Reply } from './purser-link.ts'

/** When an event is delivered again that was not acknowledged. */
const RETRIES_MS = [0, 60_000, 300_000]

export interface Events {
  /** Delivers an event; the answer is that of the first try, further ones follow by themselves. */
  deliver(event: Record<string, unknown>): Promise<Reply>
  close(): void
}

/** Delivers events as Slack does: again at once, after one minute and after five, until one is acknowledged. */
export function createEvents(
  workspace: Workspace,
  link: PurserLink,
  retriesMs: readonly number[] = RETRIES_MS,
): Events {
  const timers = new Set<NodeJS.Timeout>()
  let closed = false

  const attempt = async (body: string, retry: number, reason: string): Promise<Reply> => {
    const again = { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': reason }
    const headers = retry === 0 ? {} : again
    const reply = await link.deliver({ contentType: 'application/json', body, headers })
    const delay = retriesMs[retry]
    if (reply.error !== undefined && delay !== undefined && !closed) {
      const why = reply.error === 'operation_timeout' ? 'http_timeout' : 'http_error'
      const timer = setTimeout(() => {
        timers.delete(timer)
        void attempt(body, retry + 1, why)
      }, delay)
      timer.unref()
      timers.add(timer)
    }
    return reply
  }

  return {
    deliver: (event) => attempt(JSON.stringify(envelope(workspace, event)), 0, ''),
    close() {
      closed = true
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

function envelope(workspace: Workspace, event: Record<string, unknown>): Record<string, unknown> {
  return {
    token: VERIFICATION_TOKEN,
    team_id: TEAM.id,
    context_team_id: TEAM.id,
    context_enterprise_id: null,
    api_app_id: APP.id,
    event,
    type: 'event_callback',
    event_id: `Ev${randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase()}`,
    event_time: Math.floor(workspace.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: TEAM.id, user_id: APP.userId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
  }
}

interface Said {
  user: SandboxUser
  channel: Channel
  text: string
  threadTs: string | null
}

/** Posts what a person says to Purser in a channel; answers null when Purser is not in it. */
export function sendMention(parts: Parts, events: Events, said: Said): Promise<Reply> | null {
  const mention = `<@${APP.userId}>`
  const words = said.text.replace(/^@?purser\b[:,]?\s*/i, '')
  const text = said.text.includes(mention) ? said.text : `${mention} ${words}`
  const event = say(parts.workspace, { ...said, text })
  return isMember(said.channel, APP.userId) ? events.deliver({ type: 'app_mention', ...event }) : null
}

/** Posts what a person writes to Purser directly. */
export function sendDirectMessage(parts: Parts, events: Events, user: SandboxUser, text: string): Promise<Reply> {
  const channel = openDirectMessages(parts.workspace, user.id)
  const event = say(parts.workspace, { user, channel, text, threadTs: null })
  return events.deliver({ type: 'message', channel_type: 'im', ...event })
}

/** Opens a person's App Home. */
export function sendHomeOpened(parts: Parts, events: Events, user: SandboxUser): Promise<Reply> {
  const home = parts.workspace.homes.get(user.id)
  return events.deliver({
    type: 'app_home_opened',
    user: user.id,
    channel: openDirectMessages(parts.workspace, user.id).id,
    tab: 'home',
    event_ts: parts.workspace.nextTs(),
    ...(home && { view: describeView(home) }),
  })
}

function say(workspace: Workspace, { user, channel, text, threadTs }: Said): Record<string, unknown> {
  const parent = threadTs === null ? null : threadOf(channel, threadTs)
  const message = addMessage(workspace, { channel, user: user.id, text, threadTs: parent?.ts ?? null })
  return {
    user: user.id,
    text,
    ts: message.ts,
    team: TEAM.id,
    channel: channel.id,
    event_ts: message.ts,
    client_msg_id: randomUUID(),
    ...(parent && { thread_ts: parent.ts }),
  }
}
