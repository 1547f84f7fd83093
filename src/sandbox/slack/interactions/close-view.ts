import type { SandboxUser } from '../../state.ts'
import { describeView } from '../describe.ts'
import { closeModal } from '../views.ts'
import type { View } from '../workspace.ts'
import { deliverPayload, type Parts, payloadBase } from './interaction.ts'
import type { Reply } from './purser-link.ts'
import { enterValues } from './submit.ts'

interface Closing {
  user: SandboxUser
  view: View
  /** What stood in its fields, by block id. */
  values: Record<string, unknown>
}

/** Closes a modal; Purser is told when the view asked for it, with what stood in it. */
export async function sendClose(parts: Parts, { user, view, values }: Closing): Promise<Reply | { closed: true }> {
  enterValues(parts.workspace, view, values)
  const all = view.view.clear_on_close === true
  const payload = { type: 'view_closed', ...payloadBase(user), view: describeView(view), is_cleared: all }
  closeModal(parts.workspace, view, all)
  return view.view.notify_on_close === true ? deliverPayload(parts.link, payload) : { closed: true }
}
