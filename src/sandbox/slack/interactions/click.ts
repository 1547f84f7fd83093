import { ControlMistake } from '../../control/mistake.ts'
import { APP } from '../../seed.ts'
import type { SandboxEphemeral, SandboxMessage, SandboxUser } from '../../state.ts'
import { isMember } from '../channels.ts'
import { describeMessage, describeView } from '../describe.ts'
import { chosenOption, enteredValue } from '../entered-value.ts'
import { HOLDINGS, initialValues } from '../view-values.ts'
import { openView } from '../views.ts'
import type { Channel, Values } from '../workspace.ts'
import { type Clicked, findAction } from './find-action.ts'
import { deliverPayload, type Outcome, outcomeOf, type Parts, payloadBase } from './interaction.ts'
import { enterValues } from './submit.ts'

interface Click {
  user: SandboxUser
  /** The view's id, or the channel and time stamp of a message. */
  at: { viewId: string } | { channel: Channel; ts: string }
  actionId: string
  blockId: string | null
  /** The button's value, the option chosen, or what was entered. */
  value: unknown
  /** What stands in the inputs of the view at that moment, by block id. */
  entered: Record<string, unknown>
  waitMs: number
}

/** What carries the element that is clicked. */
interface Surface {
  blocks: unknown
  values: Values
  viewId: string | null
  payload: Record<string, unknown>
  responseUrl?: string
}

/** What people have chosen in messages; it lasts as long as the message. */
const chosenIn = new WeakMap<SandboxMessage | SandboxEphemeral, Values>()

/** Clicks a button or chooses in a menu, in a message, a modal or the App Home. */
export async function sendClick(parts: Parts, click: Click): Promise<Outcome> {
  const { user, actionId, blockId, value, waitMs } = click
  const surface = 'viewId' in click.at ? inView(parts, click, click.at.viewId) : inMessage(parts, user, click.at)
  const wanted = typeof value === 'string' ? value : null
  const clicked = findAction(surface.blocks, { actionId, blockId, value: wanted })
  const trigger = parts.triggers.make(user.id, surface.viewId)
  const action = actionOf(parts, surface, { clicked, value })
  const reply = await deliverPayload(parts.link, {
    type: 'block_actions',
    ...payloadBase(user),
    trigger_id: trigger.id,
    ...surface.payload,
    ...(surface.responseUrl !== undefined && { response_url: surface.responseUrl }),
    actions: [action],
  })
  const { responseUrl } = surface
  return outcomeOf(parts, { reply, trigger, waitMs, ...(responseUrl !== undefined && { responseUrl }) })
}

function inView(parts: Parts, { user, entered }: Click, viewId: string): Surface {
  const view = openView(parts.workspace, user, viewId)
  enterValues(parts.workspace, view, entered)
  return {
    blocks: view.view.blocks,
    values: view.values,
    viewId: view.type === 'modal' ? view.id : null,
    payload: { container: { type: 'view', view_id: view.id }, view: describeView(view) },
  }
}

function inMessage(parts: Parts, user: SandboxUser, { channel, ts }: { channel: Channel; ts: string }): Surface {
  const ephemeral = parts.workspace.ephemerals.find((each) => each.ts === ts && each.channel === channel.id)
  const placed = channel.index.get(ts)
  const shown = ephemeral ?? placed?.message
  if (!shown || (ephemeral && ephemeral.user !== user.id)) {
    const hint = `${user.account} sees no message ${ts} in ${channel.name}; look into GET /sandbox/state.`
    throw new ControlMistake({ status: 404, code: 'message_not_found', hint })
  }
  if (!isMember(channel, user.id)) {
    const hint = `${user.account} is not in ${channel.name}, so cannot click there.`
    throw new ControlMistake({ status: 403, code: 'not_in_channel', hint })
  }
  const values = chosenIn.get(shown) ?? initialValues({ blocks: shown.blocks })
  chosenIn.set(shown, values)
  const threadTs = ephemeral ? ephemeral.threadTs : (placed?.parent?.ts ?? null)
  const container = {
    type: 'message',
    message_ts: ts,
    channel_id: channel.id,
    is_ephemeral: ephemeral !== undefined,
    ...(threadTs !== null && { thread_ts: threadTs }),
  }
  const message = placed && describeMessage(placed.message, { threadTs: threadTs ?? undefined })
  return {
    blocks: shown.blocks,
    values,
    viewId: null,
    payload: {
      container,
      channel: { id: channel.id, name: channel.kind === 'dm' ? 'directmessage' : channel.name },
      ...(message && { message: { ...message, app_id: APP.id } }),
      state: { values },
    },
    responseUrl: parts.responseUrls.make({
      channel,
      userId: user.id,
      ts,
      ephemeral: ephemeral !== undefined,
      threadTs,
    }),
  }
}

interface Chosen {
  clicked: Clicked
  value: unknown
}

function actionOf(parts: Parts, { values }: Surface, { clicked, value }: Chosen): Record<string, unknown> {
  const { element, blockId } = clicked
  const actionId = String(element.action_id)
  const stamp = `${(parts.workspace.now() / 1000).toFixed(6)}`
  const base = { type: element.type, action_id: actionId, block_id: blockId, action_ts: stamp }
  if (element.type === 'overflow') {
    if (typeof value !== 'string') {
      throw new ControlMistake({ code: 'option_needed', hint: '"value" names the option of the overflow menu.' })
    }
    return { ...base, selected_option: chosenOption(element, value) }
  }
  if (!HOLDINGS[String(element.type)]) {
    const { text, value: own, style } = element
    return { ...base, text, ...(own !== undefined && { value: own }), ...(style !== undefined && { style }) }
  }
  const entered = enteredValue(parts.workspace, element, value)
  values[blockId] = { ...values[blockId], [actionId]: entered }
  return { ...entered, ...base }
}
