import { ControlMistake } from '../control/mistake.ts'
import type { SandboxUser } from '../state.ts'
import { checkView } from './block-kit/check-view.ts'
import { isObject } from './block-kit/checks.ts'
import { withIds } from './messages.ts'
import { refuse, refuseProblems } from './refusal.ts'
import { initialValues } from './view-values.ts'
import type { View, Workspace } from './workspace.ts'

const DEEPEST = 3

/** The view when Slack would take it as one of this type, or the refusal. */
export function acceptedView(given: unknown, type: View['type']): Record<string, unknown> {
  const problems = checkView(given)
  if (problems.length > 0 || !isObject(given)) throw refuseProblems('invalid_arguments', problems, '/view')
  if (given.type !== type)
    throw refuse('invalid_arguments', {
      response_metadata: { messages: [`[ERROR] must be a ${type} [json-pointer:/view/type]`] },
    })
  return given
}

interface Opening {
  userId: string
  view: Record<string, unknown>
  /** Lies on top of this one; opened afresh otherwise. */
  onTopOf?: View
}

/** Opens a modal for a person, on top of another one or in place of all. */
export function openModal(workspace: Workspace, { userId, view, onTopOf }: Opening): View {
  const stack = onTopOf ? (workspace.views.get(userId) ?? []) : []
  if (stack.length >= DEEPEST) throw refuse('push_limit_reached')
  const opened = makeView(workspace, userId, view)
  opened.rootViewId = onTopOf?.rootViewId ?? opened.id
  opened.previousViewId = onTopOf?.id ?? null
  workspace.views.set(userId, [...stack, opened])
  workspace.changed()
  return opened
}

/** Publishes a person's App Home. */
export function publishHome(workspace: Workspace, userId: string, view: Record<string, unknown>): View {
  const existing = workspace.homes.get(userId)
  if (existing) return replaceView(workspace, existing, view)
  const home = makeView(workspace, userId, view)
  workspace.homes.set(userId, home)
  workspace.changed()
  return home
}

/** Puts new content into an open view; what people have entered in blocks that stay is kept. */
export function replaceView(workspace: Workspace, view: View, content: Record<string, unknown>): View {
  refuseDuplicate(workspace, content.external_id, view.id)
  Object.assign(view, described(content), { hash: newHash(workspace), errors: {} })
  const fresh = initialValues(view.view)
  for (const [blockId, actions] of Object.entries(fresh)) {
    for (const [actionId, value] of Object.entries(actions)) {
      const entered = view.values[blockId]?.[actionId]
      if (entered && entered.type === value.type) actions[actionId] = entered
    }
  }
  view.values = fresh
  workspace.changed()
  return view
}

/** Closes the modal and what lies on it; `all` closes the whole stack. */
export function closeModal(workspace: Workspace, view: View, all = false): void {
  const stack = workspace.views.get(view.userId) ?? []
  const at = stack.indexOf(view)
  if (at < 0) return
  const left = all ? [] : stack.slice(0, at)
  if (left.length === 0) workspace.views.delete(view.userId)
  else workspace.views.set(view.userId, left)
  workspace.changed()
}

/** The open modal or App Home with this id. */
export function findView(workspace: Workspace, id: string, externalId = ''): View | null {
  const matches = (view: View) => (id === '' ? externalId !== '' && view.externalId === externalId : view.id === id)
  for (const stack of workspace.views.values()) {
    const found = stack.find(matches)
    if (found) return found
  }
  return [...workspace.homes.values()].find(matches) ?? null
}

/** The view with this id as long as this person has it open; without an id, the modal on top. */
export function openView(workspace: Workspace, user: SandboxUser, id: string): View {
  const stack = workspace.views.get(user.id) ?? []
  const view = id === '' ? stack.at(-1) : findView(workspace, id)
  if (view?.userId === user.id) return view
  const open = stack.map((each) => `${each.id} (${each.callbackId})`).join(', ')
  const hint = `${user.account} has no such view open. Open modals: ${open || 'none'}.`
  throw new ControlMistake({ status: 404, code: 'view_not_found', hint })
}

function makeView(workspace: Workspace, userId: string, content: Record<string, unknown>): View {
  refuseDuplicate(workspace, content.external_id, '')
  const id = workspace.nextId('V')
  const parts = described(content)
  return {
    id,
    userId,
    hash: newHash(workspace),
    errors: {},
    rootViewId: id,
    previousViewId: null,
    values: initialValues(parts.view),
    ...parts,
  }
}

function described(content: Record<string, unknown>): Pick<View, 'type' | 'callbackId' | 'externalId' | 'view'> {
  if (Array.isArray(content.blocks)) withIds(content.blocks)
  return {
    type: content.type === 'home' ? 'home' : 'modal',
    callbackId: typeof content.callback_id === 'string' ? content.callback_id : '',
    externalId: typeof content.external_id === 'string' ? content.external_id : '',
    view: content,
  }
}

function refuseDuplicate(workspace: Workspace, externalId: unknown, own: string): void {
  if (typeof externalId !== 'string' || externalId === '') return
  const other = findView(workspace, '', externalId)
  if (other && other.id !== own) throw refuse('duplicate_external_id')
}

function newHash(workspace: Workspace): string {
  return `${Math.floor(workspace.now() / 1000)}.${Math.random().toString(36).slice(2, 10)}`
}
