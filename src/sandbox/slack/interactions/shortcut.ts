import { ControlMistake } from '../../control/mistake.ts'
import type { SandboxUser } from '../../state.ts'
import { describeMessage } from '../describe.ts'
import type { Channel } from '../workspace.ts'
import { deliverPayload, type Outcome, outcomeOf, type Parts, payloadBase } from './interaction.ts'

interface Shortcut {
  user: SandboxUser
  callbackId: string
  /** The message that it is used on; a global shortcut has none. */
  on: { channel: Channel; ts: string } | null
  waitMs: number
}

/** Uses a shortcut of the app, on a message or from anywhere. */
export async function sendShortcut(parts: Parts, { user, callbackId, on, waitMs }: Shortcut): Promise<Outcome> {
  const trigger = parts.triggers.make(user.id)
  const common = { ...payloadBase(user), callback_id: callbackId, trigger_id: trigger.id }
  const stamp = (parts.workspace.now() / 1000).toFixed(6)
  if (on === null) {
    const reply = await deliverPayload(parts.link, { type: 'shortcut', ...common, action_ts: stamp })
    return outcomeOf(parts, { reply, trigger, waitMs })
  }
  const { channel, ts } = on
  const placed = channel.index.get(ts)
  if (!placed) {
    throw new ControlMistake({ status: 404, code: 'message_not_found', hint: `No message ${ts} in ${channel.name}.` })
  }
  const origin = { channel, userId: user.id, ts, ephemeral: false, threadTs: placed.parent?.ts ?? null }
  const responseUrl = parts.responseUrls.make(origin)
  const reply = await deliverPayload(parts.link, {
    type: 'message_action',
    ...common,
    action_ts: stamp,
    message_ts: ts,
    channel: { id: channel.id, name: channel.name },
    message: describeMessage(placed.message, { threadTs: placed.parent?.ts }),
    response_url: responseUrl,
  })
  return outcomeOf(parts, { reply, trigger, responseUrl, waitMs })
}
