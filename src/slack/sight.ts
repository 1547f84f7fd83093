import type { StoredRun } from '../../db/store.ts'
import type { Person } from '../domain/actor.ts'
import type { Run } from '../domain/run.ts'
import type { HandlerPorts } from './handler.ts'

type Ports = Pick<HandlerPorts, 'rules' | 'workflows'>

/** What somebody may see: the workflows that the rules allow them, and the runs of their own people. */
type RowSeen = Pick<StoredRun, 'workflow' | 'manager'>

export interface Sight {
  of(workflow: string): boolean
  run(run: Run): boolean
  /** The same by a run's row alone. */
  row(row: RowSeen): boolean
}

export function sightOf({ rules, workflows }: Ports, person: Person): Sight {
  const now = rules.current()
  const of = (workflow: string): boolean => now.may(person, 'see', workflow)
  const run = (each: Run): boolean => of(each.workflow) || manages(workflows, each, person)
  return { of, run, row: ({ workflow, manager }) => of(workflow) || manager === person.user }
}

/** Whether a run is about somebody whose manager this is, as its form says. */
export const manages = (workflows: HandlerPorts['workflows'], run: Run, { team, user }: Person): boolean =>
  run.team === team && workflows.find(({ name }) => name === run.workflow)?.manager?.(run.input) === user

/** Whether there is anything that somebody may see: by the rules, or as a manager of somebody. */
export async function seesAnything(ports: Ports & Pick<HandlerPorts, 'store'>, person: Person): Promise<boolean> {
  const rules = ports.rules.current()
  if ([null, ...ports.workflows.map(({ name }) => name)].some((name) => rules.may(person, 'see', name))) return true
  return (await ports.store.runHeads({ team: person.team, manager: person.user }, 1)).length > 0
}
