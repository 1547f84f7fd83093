import { z } from 'zod'
import { TeamId, UserId } from '../domain/ids.ts'
import type { Asked, PressedView } from './handler.ts'

const text = z.string().nullish()
const Ref = z.looseObject({ id: text }).nullish()

/** What commands, clicks, submissions and events have in common, wherever Slack puts it. */
const Common = z.looseObject({
  team: z.looseObject({ id: text, enterprise_id: text }).nullish(),
  team_id: text,
  enterprise: Ref,
  enterprise_id: text,
  user: z.looseObject({ id: z.string(), team_id: text }).nullish(),
  user_id: text,
  channel: Ref,
  channel_id: text,
  container: z.looseObject({ channel_id: text, thread_ts: text }).nullish(),
  message: z.looseObject({ thread_ts: text }).nullish(),
  response_url: text,
  trigger_id: text,
  event: z.looseObject({ type: text, user: text, channel: text, user_team: text }).nullish(),
  event_id: text,
})

/** Who asked, and where a private answer reaches them; null for what nobody asked. */
export function readAsked(body: unknown): Asked | null {
  const read = Common.safeParse(body)
  if (!read.success) return null
  const { data } = read
  const user = UserId.safeParse(data.user?.id ?? data.user_id ?? data.event?.user)
  const team = teamOf(data)
  if (!user.success || !team) return null
  return {
    team,
    user: user.data,
    homeTeam: data.user?.team_id ?? data.event?.user_team ?? null,
    place: {
      team,
      user: user.data,
      channel: data.channel?.id ?? data.channel_id ?? data.container?.channel_id ?? data.event?.channel ?? null,
      threadTs: data.message?.thread_ts ?? data.container?.thread_ts ?? null,
      responseUrl: data.response_url ?? null,
    },
  }
}

/** The workspace; on Enterprise Grid, where none is named, the enterprise. */
function teamOf(data: z.infer<typeof Common>): TeamId | null {
  const id = data.team?.id ?? data.team_id ?? data.enterprise?.id ?? data.enterprise_id ?? data.user?.team_id
  const parsed = TeamId.safeParse(id)
  return parsed.success ? parsed.data : null
}

/** Slack's own id of an event, the same in each of its deliveries. */
export function eventIdOf(body: unknown): string | null {
  const read = Common.safeParse(body)
  return read.success ? (read.data.event_id ?? null) : null
}

const InView = z.looseObject({
  view: z.looseObject({
    type: z.enum(['modal', 'home']),
    id: z.string(),
    hash: z.string().default(''),
    private_metadata: z.string().default(''),
    blocks: z.unknown().optional(),
    state: z.looseObject({ values: z.unknown() }).default({ values: {} }),
  }),
})

/** The window or Home in which something was pressed; null elsewhere. */
export function pressedViewIn(body: unknown): PressedView | null {
  const view = InView.safeParse(body).data?.view
  return view
    ? {
        ...{ type: view.type, id: view.id, hash: view.hash, blocks: view.blocks },
        ...{ metadata: view.private_metadata, values: view.state.values },
      }
    : null
}

const Join = z.looseObject({
  event: z.looseObject({ user: z.string() }),
  authorizations: z.array(z.looseObject({ user_id: z.string(), is_bot: z.boolean().optional() })),
})

/** Whether it was Purser itself who came into the channel. */
export function joinedItself(body: unknown): boolean {
  const join = Join.safeParse(body).data
  return join?.authorizations.some(({ user_id: id, is_bot: bot }) => bot !== false && id === join.event.user) ?? false
}
