import type { TeamId } from '../src/domain/ids.ts'
import { ended, type Run } from '../src/domain/run.ts'
import type { WorkflowDefinition } from '../src/engine/define-workflow.ts'
import type { HandlerPorts } from '../src/slack/handler.ts'
import { busyAtField } from '../views/answers/busy-at-field.ts'
import type { StartRunForm } from '../views/modals/start-run-modal.ts'

type Entered = Readonly<Record<string, unknown>>

/** What stands beside the field that names the subject of this run; null when no field does alone. */
export async function subjectNote(
  { directory }: Pick<HandlerPorts, 'directory'>,
  { run, initial }: { run: Run; initial: Entered },
): Promise<NonNullable<StartRunForm['note']> | null> {
  const names = (value: unknown): boolean =>
    typeof value === 'string' && run.subject.key.split(' ').includes(value.trim().toLowerCase())
  const field = Object.entries(initial).find(([, value]) => names(value))?.[0]
  if (field === undefined) return null
  await directory.learn([run.startedBy])
  return { field, blocks: busyAtField(run, directory.nameOf(run.startedBy)) }
}

/** The run that is open about whom a half-filled form names; null when there is none, or it does not tell yet. */
export async function openRunOf(
  { store, engine }: Pick<HandlerPorts, 'store' | 'engine'>,
  { team, definition, entered }: { team: TeamId; definition: WorkflowDefinition; entered: Entered },
): Promise<Run | null> {
  const key = subjectKey(definition, entered)
  const subject = key === null ? null : await store.subjectByKey(team, key)
  if (!subject) return null
  const rows = await store.runs({ team, subjects: [subject.id], workflow: definition.name }, 5)
  const open = rows.find(({ endedAt }) => endedAt === null)
  const run = open ? await engine.run(team, open.id) : null
  return run && !ended(run) ? run : null
}

/** Fields are parsed each for itself, since others are still empty. */
function subjectKey(definition: WorkflowDefinition, entered: Entered): string | null {
  const shape: Readonly<Record<string, unknown>> = definition.input.shape
  const parsed = Object.entries(entered).flatMap(([name, value]): [string, unknown][] => {
    const schema = shape[name]
    if (!isSchema(schema)) return []
    const read = schema.safeParse(value)
    return read.success ? [[name, read.data]] : []
  })
  try {
    const { key } = definition.subject(Object.fromEntries(parsed))
    return typeof key === 'string' && key !== '' ? key.toLowerCase() : null
  } catch {
    // It needs a field that is not filled in yet.
    return null
  }
}

interface Schema {
  safeParse(value: unknown): { success: true; data: unknown } | { success: false }
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && 'safeParse' in value
