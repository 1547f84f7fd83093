import { ControlMistake } from '../../control/mistake.ts'
import { APP, TEAM } from '../../seed.ts'
import type { SandboxUser } from '../../state.ts'
import { isObject } from '../block-kit/checks.ts'
import { addEphemeral } from '../messages.ts'
import { SlackRefusal } from '../refusal.ts'
import type { Channel, Workspace } from '../workspace.ts'
import { type Outcome, outcomeOf, type Parts, VERIFICATION_TOKEN } from './interaction.ts'
import type { Reply } from './purser-link.ts'
import { type ResponseOrigin, respond } from './response-urls.ts'

interface SlashCommand {
  user: SandboxUser
  channel: Channel
  command: string
  text: string
  waitMs: number
}

/** Sends a slash command and shows what Purser answers to it. */
export async function sendSlashCommand(parts: Parts, given: SlashCommand): Promise<Outcome> {
  const { user, channel, command, text, waitMs } = given
  if (!/^\/[a-z0-9_-]{1,31}$/.test(command)) {
    throw new ControlMistake({ code: 'invalid_command', hint: '"command" starts with a slash, such as /onboard.' })
  }
  const trigger = parts.triggers.make(user.id)
  const origin: ResponseOrigin = { channel, userId: user.id, ts: null, ephemeral: false, threadTs: null }
  const responseUrl = parts.responseUrls.make(origin)
  const form = {
    token: VERIFICATION_TOKEN,
    team_id: TEAM.id,
    team_domain: TEAM.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'dm' ? 'directmessage' : channel.name,
    user_id: user.id,
    user_name: user.account,
    command,
    text,
    api_app_id: APP.id,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: trigger.id,
  }
  const reply = await parts.link.deliver({
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(form).toString(),
  })
  const trouble = reply.error ?? showAnswer(parts.workspace, origin, reply)
  if (trouble) {
    const note = `${command} did not respond (${trouble}).`
    addEphemeral(parts.workspace, { channel: channel.id, user: user.id, text: note })
  }
  return outcomeOf(parts, { reply, trigger, responseUrl, waitMs })
}

/** Shows the text or blocks that stood in the acknowledgement; answers what Slack would refuse in them. */
function showAnswer(workspace: Workspace, origin: ResponseOrigin, { body }: Reply): string | null {
  const message = isObject(body) ? body : { text: String(body) }
  if (!message.text && !message.blocks) return null
  try {
    respond(workspace, origin, message)
    return null
  } catch (error) {
    if (error instanceof SlackRefusal) return error.code
    throw error
  }
}
