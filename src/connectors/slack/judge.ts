import { z } from 'zod'
import type { HttpResponse, Verdict } from '../../domain/operation.ts'
import { judgeStatus, kebab, type ServiceWords, tooMany } from '../judge-status.ts'

const TOKEN =
  'Install the app anew at https://api.slack.com/apps > Install App, and set SLACK_BOT_TOKEN to the Bot User OAuth Token.'

const words: ServiceWords = {
  title: 'Slack',
  whenUnauthorized: TOKEN,
  whenForbidden: 'Ask an administrator of the workspace to allow the app to do this.',
  whenNotFound: 'Check SLACK_API_URL.',
}

const Problem = z.looseObject({
  ok: z.literal(false),
  error: z.string(),
  needed: z.string().optional(),
  response_metadata: z.looseObject({ messages: z.array(z.string()).optional() }).optional(),
})

const LIMITS = new Set(['ratelimited', 'rate_limited'])
/** Slack's own trouble; it may or may not have done it. */
const TROUBLE = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
])

const INVITE = 'Type /invite @Purser in that channel, then retry.'
const OVER = 'Nothing to do: open it again, the window was closed or took too long.'

/** What mends the refusals that people meet, by Slack's own codes. */
const REFUSALS: Readonly<Record<string, { message: string; hint: string }>> = {
  invalid_auth: { message: 'Slack refused the token', hint: TOKEN },
  not_authed: { message: 'Slack got no token', hint: TOKEN },
  token_revoked: { message: 'The token was revoked', hint: TOKEN },
  token_expired: { message: 'The token has expired', hint: TOKEN },
  account_inactive: { message: 'The app was removed from the workspace', hint: TOKEN },
  channel_not_found: {
    message: 'The channel does not exist, or Purser is not in it',
    hint: `Check the channel’s name in the rules. A private channel is seen by its members only: ${INVITE}`,
  },
  not_in_channel: { message: 'Purser is not in the channel', hint: INVITE },
  is_archived: {
    message: 'The channel is archived',
    hint: 'Unarchive it, or name another one in the rules; then retry.',
  },
  restricted_action: {
    message: 'The workspace does not let the app post or act there',
    hint: 'Ask an administrator: Settings > Permissions, or the channel’s posting permissions.',
  },
  user_not_found: {
    message: 'Nobody in the workspace has this id',
    hint: 'Check that the person is in the workspace.',
  },
  message_not_found: {
    message: 'The message was deleted',
    hint: 'Nothing to do: it is posted anew when it is needed.',
  },
  expired_trigger_id: { message: 'Slack waits three seconds for a window, and they were over', hint: OVER },
  exchanged_trigger_id: { message: 'This click has opened its window already', hint: OVER },
  hash_conflict: { message: 'The window was changed meanwhile', hint: OVER },
  not_found: { message: 'The window was closed meanwhile', hint: OVER },
  view_not_found: { message: 'The window was closed meanwhile', hint: OVER },
}

/** Reads Slack's answers: refusals come as 200 with `ok: false` and a code. */
export function judgeSlack(response: HttpResponse): Verdict | null {
  const problem = Problem.safeParse(response.body).data
  if (!problem) return judgeStatus(response, words, { code: null, message: null })
  const { error, needed } = problem
  if (LIMITS.has(error) || response.status === 429) return tooMany(words, { code: null, message: null })
  if (TROUBLE.has(error)) return trouble(error)
  if (error === 'missing_scope') {
    return {
      kind: 'permanent',
      code: 'missing-scope',
      message: `The app lacks the scope ${needed ?? 'for this'}`,
      hint: `Add ${needed ?? 'it'} at https://api.slack.com/apps > OAuth & Permissions, then install the app anew.`,
    }
  }
  const known = REFUSALS[error]
  if (known) return { kind: 'permanent', code: kebab(error), ...known }
  const details = problem.response_metadata?.messages?.slice(0, 3).join('; ') ?? ''
  return {
    kind: 'permanent',
    code: kebab(error),
    message: `Slack refused the request: ${error}${details === '' ? '' : ` (${details})`}`,
    hint: `https://docs.slack.dev/reference/methods says what ${error} means.`,
  }
}

/** Reads one of Slack's refusals as "exists already", the others as ever. */
export const duplicateWhen =
  (error: string) =>
  (response: HttpResponse): Verdict | null =>
    Problem.safeParse(response.body).data?.error === error ? { kind: 'duplicate' } : judgeSlack(response)

/** Reads one of Slack's refusals as an answer: there is no such thing. */
export const doneWhen =
  (error: string) =>
  (response: HttpResponse): Verdict | null =>
    Problem.safeParse(response.body).data?.error === error ? { kind: 'done' } : judgeSlack(response)

function trouble(error: string): Verdict {
  return {
    kind: 'retry',
    code: kebab(error),
    message: `Slack has trouble of its own (${error})`,
    hint: 'If it lasts, look at https://slack-status.com.',
    mayStand: true,
  }
}
