import type { StoredRun } from '../../db/store.ts'
import type { Person } from '../domain/actor.ts'
import type { Run } from '../domain/run.ts'
import type { HandlerPorts } from './handler.ts'

type Ports = Pick<HandlerPorts, 'rules' | 'workflows' | 'engine'>

/** What somebody may see: the workflows that the rules allow them, and the runs of their own people. */
export interface Sight {
  of(workflow: string): boolean
  run(run: Run): boolean
  /** Of these those that they may see; opens only what the rules alone do not decide. */
  rows(rows: readonly StoredRun[]): Promise<StoredRun[]>
}

export function sightOf({ rules, workflows, engine }: Ports, person: Person): Sight {
  const now = rules.current()
  const of = (workflow: string): boolean => now.may(person, 'see', workflow)
  const run = (each: Run): boolean => of(each.workflow) || manages(workflows, each, person)
  const tellsManager = new Set(workflows.filter(({ manager }) => manager).map(({ name }) => name))
  return {
    of,
    run,
    async rows(rows) {
      const seen = rows.map(async (row): Promise<StoredRun[]> => {
        if (of(row.workflow)) return [row]
        if (!tellsManager.has(row.workflow)) return []
        const opened = await engine.run(row.team, row.id)
        return opened && run(opened) ? [row] : []
      })
      return (await Promise.all(seen)).flat()
    },
  }
}

/** Whether a run is about somebody whose manager this is, as its form says. */
export const manages = (workflows: HandlerPorts['workflows'], run: Run, { team, user }: Person): boolean =>
  run.team === team && workflows.find(({ name }) => name === run.workflow)?.manager?.(run.input) === user

/** Newest runs that are looked through for one's people. */
const MOST_RUNS = 200

/** Whether there is anything that somebody may see: by the rules, or as a manager of somebody. */
export async function seesAnything(ports: Ports & Pick<HandlerPorts, 'store'>, person: Person): Promise<boolean> {
  const sight = sightOf(ports, person)
  if (
    [null, ...ports.workflows.map(({ name }) => name)].some((name) => ports.rules.current().may(person, 'see', name))
  ) {
    return true
  }
  const rows = await ports.store.runs({ team: person.team }, MOST_RUNS)
  return (await sight.rows(rows)).length > 0
}
