import type { SandboxUser } from '../../state.ts'
import { describeView } from '../describe.ts'
import { closeModal } from '../views.ts'
import type { View } from '../workspace.ts'
import { deliverPayload, type Parts, payloadBase } from './interaction.ts'
import type { Reply } from './purser-link.ts'

/** Closes a modal; Purser is told when the view asked for it. */
export async function sendClose(parts: Parts, user: SandboxUser, view: View): Promise<Reply | { closed: true }> {
  const all = view.view.clear_on_close === true
  const payload = { type: 'view_closed', ...payloadBase(user), view: describeView(view), is_cleared: all }
  closeModal(parts.workspace, view, all)
  return view.view.notify_on_close === true ? deliverPayload(parts.link, payload) : { closed: true }
}
