import { createHash } from 'node:crypto'
import type { ModalView } from '@slack/types'
import { z } from 'zod'
import { callbackIds } from '../../views/action-ids.ts'
import { filledIn, isForm, Written, writtenInForm } from '../../views/modals/filled-in.ts'
import { erasuresAt, withoutStamp } from '../../views/window-stamp.ts'
import { DRAFT_KEPT_MS } from '../domain/form-draft.ts'
import { RunId } from '../domain/ids.ts'
import type { Asked, HandlerPorts } from './handler.ts'

type Ports = Pick<HandlerPorts, 'store' | 'keys' | 'clock'>

/** A window as it came from Slack, or goes there. */
interface Window {
  callback: string
  metadata: string
}

/** Start forms keep theirs by workflow, whatever channel they are opened from. */
const ITS_OWN: ReadonlySet<string> = new Set([callbackIds.startRun])

const About = z.looseObject({ r: RunId.optional(), v: z.unknown().optional(), b: z.unknown().optional() })

/**
 * The name under which a form's draft is kept: the window and what it is about, but for the version of that, so that it
 * survives progress. The run stands in it, so that its draft goes when its subject is erased.
 */
function formOf({ callback, metadata: stampedMetadata }: Window): string {
  const metadata = withoutStamp(stampedMetadata)
  const about = About.safeParse(asJson(metadata)).data
  // What is listed in the window of a bulk retry has a new name each time.
  const { v: _version, b: _listed, ...rest } = about ?? { text: metadata }
  const digest = createHash('sha256').update(JSON.stringify(rest)).digest('hex').slice(0, 16)
  return `${callback} ${about?.r ?? '-'} ${digest}`
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The window with what this person had written in it before it was closed or could not be carried out. */
export async function withDraft(ports: Ports, asked: Asked, view: ModalView): Promise<ModalView> {
  const callback = view.callback_id ?? ''
  if (ITS_OWN.has(callback) || !isForm(view)) return view
  const form: ModalView = { ...view, notify_on_close: true }
  const draft = await draftOf(ports, asked, { callback, metadata: view.private_metadata ?? '' })
  return draft ? filledIn(form, draft.written, draft.at) : form
}

async function draftOf(
  { store, keys, clock }: Ports,
  { team, user }: Asked,
  window: Window,
): Promise<{ written: Written; at: number } | null> {
  const draft = await store.formDraft(team, user, formOf(window))
  if (!draft || draft.at < clock.now() - DRAFT_KEPT_MS) return null
  const bytes = keys.openState(team, draft.sealed)
  const written = bytes && Written.safeParse(asJson(Buffer.from(bytes).toString())).data
  return written ? { written, at: draft.at } : null
}

/** Keeps what stands in a window that was closed, or whose wish could not be carried out. */
export async function keepWritten(
  ports: Ports,
  asked: Asked,
  { blocks, values, ...window }: Window & { blocks?: unknown; values: unknown },
): Promise<void> {
  const written = writtenInForm(blocks, values)
  if (ITS_OWN.has(window.callback) || Object.keys(written).length === 0) return
  if (isFromBeforeErasure(ports, window)) return
  const before = await draftOf(ports, asked, window)
  const at = ports.clock.now()
  const text = JSON.stringify({ ...before?.written, ...written })
  const sealed = ports.keys.sealState(asked.team, Buffer.from(text))
  const draft = { team: asked.team, user: asked.user, workflow: formOf(window), sealed, at }
  await ports.store.commit({ at, entries: [], formDraft: { kind: 'keep', draft, before: at - DRAFT_KEPT_MS } })
}

/** A window may stand open while somebody is erased, whom it may name in any field: nothing of it is kept any more. */
export const isFromBeforeErasure = ({ keys }: Pick<Ports, 'keys'>, { metadata }: { metadata: string }): boolean =>
  erasuresAt(metadata) !== keys.erasures()

/** It was carried out. */
export async function forgetWritten({ store, clock }: Ports, { team, user }: Asked, window: Window): Promise<void> {
  const workflow = formOf(window)
  if (!(await store.formDraft(team, user, workflow))) return
  await store.commit({ at: clock.now(), entries: [], formDraft: { kind: 'forget', team, user, workflow } })
}
