import type { Actor } from '../domain/actor.ts'
import type { RunId, TeamId } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import type { RulesBook } from '../rules/rules.ts'
import type { DecisionAnswer, DecisionCall, DecisionRequest, RequestOf } from './decisions.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import type { FreshRun } from './events.ts'
import { checkStart, newRun, type StartPorts } from './start-run.ts'

interface Ports extends Pick<StartPorts, 'ids' | 'clock' | 'configured'> {
  workflows: readonly WorkflowDefinition[]
  rules: RulesBook
  read(team: TeamId, run: RunId): Promise<Run | null>
}

type Restart = RequestOf<'restart'>

/** The run with which a restart goes on, by today's definition and rules; null when the decision is no restart. */
export async function prepareRestart(
  ports: Ports,
  call: DecisionCall,
): Promise<{ next: FreshRun } | { answer: DecisionAnswer } | null> {
  const old = ['restart', 'confirm'].includes(call.decision.kind) ? await ports.read(call.team, call.run) : null
  const restart = old && restartIn(old, call.decision)
  const definition = ports.workflows.find(({ name }) => name === old?.workflow)
  if (!old || !restart || !definition) return null
  const rules = ports.rules.current()
  const checked = checkStart(ports, restart, { definition, rules })
  if (checked.kind !== 'ready') return { answer: checked }
  const { input, known } = checked
  const startKey = `restart/${old.id}`
  const start = { team: old.team, workflow: old.workflow, input, actor: call.actor, startKey }
  const subject = { id: old.subject.id, team: old.team, ...known }
  const fresh = newRun(ports, start, { definition, rules, input, subject })
  const run: Run = { ...fresh, restartOf: old.id, alsoBy: askersOf(old, call) }
  return { next: { run, definition, rules, subject, startKey } }
}

/** Whose wish it was before: none of them approves it, whoever pressed the button last. */
function askersOf(old: Run, { decision }: DecisionCall): Actor[] {
  const proposed = decision.kind === 'confirm' ? old.proposals?.find(({ id }) => id === decision.proposal) : undefined
  return [old.startedBy, ...(old.alsoBy ?? []), ...(proposed ? [proposed.by] : [])]
}

/** The restart that is decided, also one that was proposed and is confirmed now. */
function restartIn(old: Run, decision: DecisionRequest): Restart | null {
  if (decision.kind === 'restart') return decision
  if (decision.kind !== 'confirm') return null
  const proposed = old.proposals?.find(({ id }) => id === decision.proposal)?.decision
  return proposed?.kind === 'restart' ? proposed : null
}
