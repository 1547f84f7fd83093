import type { EntryCore } from '../../src/domain/entry.ts'
import type { RunId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { HandlerPorts } from '../../src/slack/handler.ts'

/** By which process the runs of entries go, so that their steps can be called by their titles. */
export async function outlinesOf(
  { store, workflows }: Pick<HandlerPorts, 'store' | 'workflows'>,
  entries: readonly EntryCore[],
): Promise<Map<RunId, WorkflowOutline>> {
  const found = new Map<RunId, WorkflowOutline>()
  for (const { team, run } of entries) {
    if (run === undefined || found.has(run)) continue
    const workflow = (await store.run(team, run))?.workflow
    const definition = workflows.find(({ name }) => name === workflow)
    if (definition) found.set(run, definition.outline)
  }
  return found
}
