import type { Store } from '../../db/store.ts'
import { PersonNeeded } from '../domain/errors.ts'
import type { RunId, TeamId } from '../domain/ids.ts'
import { ended, type Run } from '../domain/run.ts'
import type { Rules, RulesBook } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { goneWorkflow, type WorkflowDefinition } from './define-workflow.ts'
import type { RunEvent } from './events.ts'
import { isFitted } from './fit-run.ts'
import { decodeRun } from './run-codec.ts'

/** A run in memory, with what decides about it. */
export interface Alive {
  run: Run
  definition: WorkflowDefinition
  rules: Rules
  /** What has to happen to it before anything else: it went by other code or rules than there are now. */
  first: RunEvent | null
}

interface Ports {
  store: Pick<Store, 'run'>
  keys: SubjectKeys
  rules: RulesBook
  workflows: readonly WorkflowDefinition[]
}

/** Reads a run from disk; null when there is none, or its subject was erased. */
export async function loadRun(
  { store, keys, rules, workflows }: Ports,
  team: TeamId,
  id: RunId,
): Promise<Alive | null> {
  const row = await store.run(team, id)
  const run = row && decodeRun(row, keys)
  if (!run) return null
  const definition = workflows.find((each) => each.name === run.workflow) ?? goneWorkflow(run)
  const own = await rulesOf(rules, run)
  const news = ended(run) || isFitted(run, definition) ? null : ({ kind: 'deployed' } as const)
  return { run, definition, rules: own.rules, first: own.gone ?? news }
}

/** The rules that a run recorded; those of today where they cannot be read any more. */
async function rulesOf(book: RulesBook, run: Run): Promise<{ rules: Rules; gone: RunEvent | null }> {
  try {
    return { rules: await book.at(run.rules), gone: null }
  } catch (error) {
    if (!(error instanceof PersonNeeded)) throw error
    const known = ended(run) || run.heldBack?.code === 'rules-gone'
    return { rules: book.current(), gone: known ? null : { kind: 'rules-gone', message: error.message } }
  }
}
