import type { openHandlers } from './open-handlers.ts'

/** What is done about drafts from now on. */
export function keptIn(at: Awaited<ReturnType<typeof openHandlers>>): { kind: string }[] {
  const kept: { kind: string }[] = []
  const { commit } = at.ports.store
  at.ports.store.commit = async (change) => {
    if (change.formDraft) kept.push(change.formDraft)
    return await commit(change)
  }
  return kept
}
