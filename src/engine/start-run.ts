import type { z } from 'zod'
import type { Store, Subject } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { Ids, TeamId } from '../domain/ids.ts'
import type { Run, Step } from '../domain/run.ts'
import type { Claims } from '../egress/claims.ts'
import type { Rules } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import type { StartAnswer, StartCall } from './decisions.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import { isNeeded } from './plan.ts'

export interface StartPorts {
  store: Store
  keys: SubjectKeys
  clock: Clock
  ids: Ids
  claims: Claims
  /** Services that have their settings. */
  configured: ReadonlySet<string>
}

/** `subject` as it is to be known from this run on. */
type Prepared = { kind: 'ready'; run: Run; subject: Subject } | StartAnswer

/** Checks what was typed and makes the run, not yet begun; its subject's key is on disk then. */
export async function prepareRun(
  ports: StartPorts,
  call: StartCall,
  about: { definition: WorkflowDefinition; rules: Rules },
): Promise<Prepared> {
  const { definition, rules } = about
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
  const subject = await subjectFor(ports, call.team, { key: key.trim().toLowerCase(), label: label.trim() })
  await ports.keys.ensure([subject.id])
  const run = newRun(ports, call, { definition, rules, input: input.data, subject })
  return { kind: 'ready', run, subject }
}

/**
 * The same person keeps one id, also when two runs about them begin at the same moment. A new name of somebody known
 * holds only when the run begins: a start that is refused changes nothing.
 */
function subjectFor(ports: StartPorts, team: TeamId, { key, label }: { key: string; label: string }): Promise<Subject> {
  return ports.claims.hold(`${team}/${key}`, async () => {
    const known = await ports.store.subjectByKey(team, key)
    if (known) return { ...known, label }
    const subject = { id: ports.ids.subject(), team, key, label }
    await ports.store.commit({ at: ports.clock.now(), entries: [], subject })
    return subject
  })
}

function newRun(
  ports: StartPorts,
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
    steps: definition.steps.map(
      ({ key }): Step => ({
        key,
        status: 'pending',
        version: 0,
        generations: {},
        attempts: 0,
        attemptsInRow: 0,
        calls: [],
        decisions: [],
        escalation: null,
        alerted: false,
        wait: null,
      }),
    ),
    startedAt: ports.clock.now(),
    startedBy: call.actor,
    endedAt: null,
    debts: [],
    history: [],
  }
}

/** Services without settings among those that this very input will call. */
function missingServices(
  ports: StartPorts,
  definition: WorkflowDefinition,
  deciding: { input: unknown; rules: Rules },
): string[] {
  const used = definition.steps
    .filter((step) => isNeeded(step, deciding.input, deciding.rules))
    .flatMap((step) => step.uses)
  const missing = used.filter((connector) => !ports.configured.has(connector.service))
  return [...new Set(missing.map((connector) => connector.title))]
}

function errorsByField(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const issue of error.issues) errors[issue.path.join('.')] ??= issue.message
  return errors
}
