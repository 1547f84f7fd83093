import { z } from 'zod'
import { DRAFT_KEPT_MS } from '../src/domain/form-draft.ts'
import type { WorkflowDefinition } from '../src/engine/define-workflow.ts'
import type { Asked, HandlerPorts } from '../src/slack/handler.ts'
import { isFromBeforeErasure } from '../src/slack/window-drafts.ts'
import { writtenIn } from '../views/modals/start-run-modal.ts'

type Ports = Pick<HandlerPorts, 'store' | 'keys' | 'clock'>

const Written = z.record(z.string(), z.unknown())

/** What somebody had written in a workflow's form before they closed it; null for nothing, or where it is too old. */
export async function draftOf(
  { store, keys, clock }: Ports,
  { team, user }: Asked,
  workflow: string,
): Promise<{ values: Record<string, unknown>; at: number } | null> {
  const draft = await store.formDraft(team, user, workflow)
  if (!draft || draft.at < clock.now() - DRAFT_KEPT_MS) return null
  const bytes = keys.openState(team, draft.sealed)
  return bytes && { values: Written.parse(JSON.parse(Buffer.from(bytes).toString())), at: draft.at }
}

/**
 * Keeps what stands in a form. One that was emptied leaves no draft; where Slack tells nothing of its fields, what it
 * told before stays.
 */
export async function keepDraft(
  ports: Ports,
  asked: Asked,
  { definition, values, metadata }: { definition: WorkflowDefinition; values: unknown; metadata: string },
): Promise<void> {
  if (isFromBeforeErasure(ports, { metadata })) return
  if (Object.keys(Written.safeParse(values).data ?? {}).length === 0) return
  const workflow = definition.name
  const written = writtenIn(definition.input, values)
  if (Object.keys(written).length === 0) return await forgetDraft(ports, asked, workflow)
  const at = ports.clock.now()
  const sealed = ports.keys.sealState(asked.team, Buffer.from(JSON.stringify(written)))
  const draft = { team: asked.team, user: asked.user, workflow, sealed, at }
  await ports.store.commit({ at, entries: [], formDraft: { kind: 'keep', draft, before: at - DRAFT_KEPT_MS } })
}

/** It was started, or they start afresh. */
export async function forgetDraft({ store, clock }: Ports, { team, user }: Asked, workflow: string): Promise<void> {
  if (!(await store.formDraft(team, user, workflow))) return
  await store.commit({ at: clock.now(), entries: [], formDraft: { kind: 'forget', team, user, workflow } })
}
