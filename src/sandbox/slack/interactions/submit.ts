import { ControlMistake } from '../../control/mistake.ts'
import type { SandboxUser, SandboxView } from '../../state.ts'
import { isObject } from '../block-kit/checks.ts'
import { checkEntered } from '../check-entered.ts'
import { describeView } from '../describe.ts'
import { enteredValue } from '../entered-value.ts'
import { SlackRefusal } from '../refusal.ts'
import { inputsOf } from '../view-values.ts'
import { acceptedView, closeModal, openModal, replaceView } from '../views.ts'
import type { View, Workspace } from '../workspace.ts'
import { deliverPayload, type Parts, payloadBase, shownView } from './interaction.ts'
import type { Reply } from './purser-link.ts'

/** The key under which a view's errors say that Purser did not answer. */
const WHOLE_VIEW = '_view'

interface Submission {
  user: SandboxUser
  view: View
  /** By block id, plain values. */
  values: Record<string, unknown>
}

/** What a submission led to. */
export interface Submitted extends Reply {
  result: 'closed' | 'errors' | 'updated' | 'pushed' | 'cleared' | 'failed'
  errors?: Record<string, string>
  view?: SandboxView
}

/** Fills in a modal and submits it, then does what Purser answers. */
export async function sendSubmission(parts: Parts, { user, view, values }: Submission): Promise<Submitted> {
  enterValues(parts.workspace, view, values)
  view.errors = checkEntered(view)
  parts.workspace.changed()
  if (Object.keys(view.errors).length > 0) {
    const details = { errors: view.errors }
    const hint = 'Slack would not send this: see errors, by block id.'
    throw new ControlMistake({ status: 422, code: 'incomplete', hint, details })
  }
  const trigger = parts.triggers.make(user.id, view.id)
  const reply = await deliverPayload(parts.link, {
    type: 'view_submission',
    ...payloadBase(user),
    trigger_id: trigger.id,
    view: describeView(view),
    response_urls: [],
  })
  const led = follow(parts.workspace, view, reply)
  const opened = trigger.opened && { view: shownView(trigger.opened) }
  return { ...reply, ...opened, ...led }
}

/** Puts plain values into a view, each in the form of its element. */
export function enterValues(workspace: Workspace, view: View, values: Record<string, unknown>): void {
  const inputs = inputsOf(view.view.blocks)
  for (const [blockId, plain] of Object.entries(values)) {
    const ofBlock = inputs.filter((input) => input.blockId === blockId)
    if (ofBlock.length === 0) {
      const there = inputs.map((input) => input.blockId).join(', ')
      throw new ControlMistake({ code: 'block_not_found', hint: `No input ${blockId} here. There are: ${there}.` })
    }
    for (const { element, actionId } of ofBlock) {
      const own = ofBlock.length === 1 || !isObject(plain) ? plain : plain[actionId]
      if (own === undefined) continue
      view.values[blockId] = { ...view.values[blockId], [actionId]: enteredValue(workspace, element, own) }
    }
  }
}

type Led = Omit<Submitted, 'status' | 'body' | 'ms'>

function follow(workspace: Workspace, view: View, reply: Reply): Led {
  if (reply.error !== undefined) return failed(workspace, view, reply.error)
  const answer = isObject(reply.body) ? reply.body : {}
  try {
    return act(workspace, view, answer)
  } catch (error) {
    if (error instanceof SlackRefusal) return failed(workspace, view, error.code)
    throw error
  }
}

function act(workspace: Workspace, view: View, answer: Record<string, unknown>): Led {
  switch (answer.response_action) {
    case undefined:
      closeModal(workspace, view)
      return { result: 'closed' }
    case 'clear':
      closeModal(workspace, view, true)
      return { result: 'cleared' }
    case 'errors':
      return showErrors(workspace, view, answer.errors)
    case 'update': {
      const updated = replaceView(workspace, view, acceptedView(answer.view, 'modal'))
      return { result: 'updated', view: shownView(updated) }
    }
    case 'push': {
      const content = acceptedView(answer.view, 'modal')
      const pushed = openModal(workspace, { userId: view.userId, view: content, onTopOf: view })
      return { result: 'pushed', view: shownView(pushed) }
    }
    default:
      return failed(workspace, view, `unknown response_action ${String(answer.response_action)}`)
  }
}

function showErrors(workspace: Workspace, view: View, errors: unknown): Led {
  const known = new Set(inputsOf(view.view.blocks).map(({ blockId }) => blockId))
  const entries = Object.entries(isObject(errors) ? errors : {})
  const wrong = entries.find(([blockId, text]) => !known.has(blockId) || typeof text !== 'string')
  if (wrong || entries.length === 0) return failed(workspace, view, `errors for no input: ${wrong?.[0] ?? 'none'}`)
  view.errors = Object.fromEntries(entries.map(([blockId, text]) => [blockId, String(text)]))
  workspace.changed()
  return { result: 'errors', errors: view.errors, view: shownView(view) }
}

function failed(workspace: Workspace, view: View, reason: string): Led {
  view.errors = { [WHOLE_VIEW]: `We had some trouble connecting. Try again? (${reason})` }
  workspace.changed()
  return { result: 'failed', error: reason, errors: view.errors, view: shownView(view) }
}
