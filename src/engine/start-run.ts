import type { z } from 'zod'
import type { Store, Subject } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { Ids, TeamId } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import type { Claims } from '../egress/claims.ts'
import type { Rules } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import type { StartAnswer, StartCall } from './decisions.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import type { LiveRuns } from './live-runs.ts'
import { newStep } from './new-step.ts'
import { isNeeded } from './plan.ts'

export interface StartPorts {
  store: Pick<Store, 'subjectByKey'>
  keys: Pick<SubjectKeys, 'ensure'>
  clock: Clock
  ids: Ids
  claims: Claims
  /** Services that have their settings. */
  configured: ReadonlySet<string>
  begin: LiveRuns['begin']
}

/** Checks what was typed, makes the run, and begins it: on disk when it is answered. */
export async function startRun(
  ports: StartPorts,
  call: StartCall,
  about: { definition: WorkflowDefinition; rules: Rules },
): Promise<StartAnswer> {
  const { definition, rules } = about
  const checked = checkStart(ports, call, about)
  if (checked.kind !== 'ready') return checked
  const { known, input } = checked
  // The same person keeps one id, also when two runs about them begin at the same moment.
  return await ports.claims.hold(`${call.team}/${known.key}`, async () => {
    const subject = await subjectFor(ports, call.team, known)
    await ports.keys.ensure([subject.id])
    const run = newRun(ports, call, { definition, rules, input, subject })
    const answer = await ports.begin({ run, definition, rules, subject, startKey: call.startKey })
    if (answer.kind !== 'already-started') return answer
    const { workflow, subject: about } = answer.run
    return { ...answer, other: workflow !== definition.name || about.key !== known.key }
  })
}

/** What identifies a subject, and what people call it. */
export interface Known {
  key: string
  label: string
}

/** Whether a run may begin with what was typed: its input, and whom it is about. */
export function checkStart(
  ports: Pick<StartPorts, 'configured'>,
  call: Pick<StartCall, 'input'>,
  { definition, rules }: { definition: WorkflowDefinition; rules: Rules },
): { kind: 'ready'; input: unknown; known: Known } | Extract<StartAnswer, { kind: 'invalid' | 'refused' }> {
  const input = definition.input.safeParse(call.input)
  if (!input.success) return { kind: 'invalid', errors: errorsByField(input.error) }
  const missing = missingServices(ports, definition, { input: input.data, rules })
  if (missing.length > 0) {
    return {
      kind: 'refused',
      code: 'service-not-configured',
      message: `${definition.title} needs ${missing.join(' and ')}, and Purser has no access to ${missing.length > 1 ? 'them' : 'it'} yet. Nothing was started.`,
      hint: 'Ask whoever runs Purser to set what .env.example lists for it, then start again.',
    }
  }
  const { key, label } = definition.subject(input.data)
  return { kind: 'ready', input: input.data, known: { key: key.trim().toLowerCase(), label: label.trim() } }
}

/** Kept with the run's begin: a start that is refused changes nothing, not even the name of somebody known. */
export async function subjectFor(
  { store, ids }: Pick<StartPorts, 'store' | 'ids'>,
  team: TeamId,
  { key, label }: { key: string; label: string },
): Promise<Subject> {
  const known = await store.subjectByKey(team, key)
  return known ? { ...known, label } : { id: ids.subject(), team, key, label }
}

export function newRun(
  ports: Pick<StartPorts, 'ids' | 'clock'>,
  call: StartCall,
  about: { definition: WorkflowDefinition; rules: Rules; input: unknown; subject: Subject },
): Run {
  const { definition, rules, input, subject } = about
  return {
    id: ports.ids.run(),
    team: call.team,
    workflow: definition.name,
    definition: definition.version,
    rules: rules.version,
    subject: { id: subject.id, key: subject.key, label: subject.label },
    input,
    status: 'running',
    version: 0,
    shape: definition.shape,
    steps: definition.steps.map(({ key }) => newStep(key)),
    startedAt: ports.clock.now(),
    startedBy: call.actor,
    endedAt: null,
    debts: [],
    history: [],
  }
}

/** Services without settings among those that this very input will call. */
function missingServices(
  ports: Pick<StartPorts, 'configured'>,
  definition: WorkflowDefinition,
  deciding: { input: unknown; rules: Rules },
): string[] {
  const used = definition.steps
    .filter((step) => isNeeded(step, deciding.input, deciding.rules))
    .flatMap((step) => step.uses)
  const missing = used.filter((connector) => !ports.configured.has(connector.service))
  return [...new Set(missing.map((connector) => connector.title))]
}

/** What does not fit, by field. */
export function errorsByField(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const issue of error.issues) errors[issue.path.join('.')] ??= issue.message
  return errors
}
