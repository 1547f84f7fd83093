import type { Person } from '../../src/domain/actor.ts'
import type { StoredEntry } from '../../src/domain/entry.ts'
import type { RunId, TeamId } from '../../src/domain/ids.ts'
import type { HandlerPorts } from '../../src/slack/handler.ts'

/** Leaves out entries of workflows whose ledger the asker may not read. One for each reading: it remembers runs. */
export function readableBy(
  { rules, workflows, store }: Pick<HandlerPorts, 'rules' | 'workflows' | 'store'>,
  person: Person,
): (entries: readonly StoredEntry[]) => Promise<StoredEntry[]> {
  const now = rules.current()
  const may = (workflow: string | null): boolean => now.may(person, 'audit', workflow)
  const mayAll = may(null) && workflows.every(({ name }) => may(name))
  const known = new Map<RunId, boolean>()

  const mayRead = async (team: TeamId, run: RunId | undefined): Promise<boolean> => {
    if (run === undefined) return may(null)
    const before = known.get(run)
    if (before !== undefined) return before
    const allowed = may((await store.run(team, run))?.workflow ?? null)
    known.set(run, allowed)
    return allowed
  }

  return async (entries) => {
    if (mayAll) return [...entries]
    const readable: StoredEntry[] = []
    for (const entry of entries) if (await mayRead(entry.core.team, entry.core.run)) readable.push(entry)
    return readable
  }
}
