import { structured, text, textNeeded } from '../arguments.ts'
import type { Call, Method } from '../call.ts'
import { describeView } from '../describe.ts'
import { refuse } from '../refusal.ts'
import { acceptedView, findView, openModal, publishHome, replaceView } from '../views.ts'
import type { View } from '../workspace.ts'

function viewSent(call: Call, type: View['type']): Record<string, unknown> {
  return acceptedView(structured(call.args, 'view', 'invalid_arguments') ?? {}, type)
}

function triggerId({ args }: Call): string {
  return text(args, 'interactivity_pointer') || textNeeded(args, 'trigger_id')
}

function checkHash(call: Call, view: View | undefined): void {
  const hash = text(call.args, 'hash')
  if (view && hash !== '' && hash !== view.hash) throw refuse('hash_conflict')
}

const open: Method = {
  scope: null,
  answer(call) {
    const content = viewSent(call, 'modal')
    const trigger = call.triggers.exchange(triggerId(call))
    trigger.opened = openModal(call.workspace, { userId: trigger.userId, view: content })
    call.did('view.opened', trigger.opened.id)
    return { view: describeView(trigger.opened) }
  },
}

const push: Method = {
  scope: null,
  answer(call) {
    const content = viewSent(call, 'modal')
    const trigger = call.triggers.exchange(triggerId(call))
    const below = trigger.viewId === null ? null : findView(call.workspace, trigger.viewId)
    if (below?.type !== 'modal') throw refuse('view_not_found')
    trigger.opened = openModal(call.workspace, { userId: trigger.userId, view: content, onTopOf: below })
    call.did('view.pushed', trigger.opened.id)
    return { view: describeView(trigger.opened) }
  },
}

const update: Method = {
  scope: null,
  answer(call) {
    const view = findView(call.workspace, text(call.args, 'view_id'), text(call.args, 'external_id'))
    if (!view) throw refuse('not_found')
    const content = viewSent(call, view.type)
    checkHash(call, view)
    replaceView(call.workspace, view, content)
    call.did('view.updated', view.id)
    return { view: describeView(view) }
  },
}

const publish: Method = {
  scope: null,
  answer(call) {
    const user = call.workspace.users.get(textNeeded(call.args, 'user_id'))
    if (!user) throw refuse('user_not_found')
    const content = viewSent(call, 'home')
    checkHash(call, call.workspace.homes.get(user.id))
    const home = publishHome(call.workspace, user.id, content)
    call.did('home.published', user.id)
    return { view: describeView(home) }
  },
}

export const viewMethods: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
}
