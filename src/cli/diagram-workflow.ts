import { comesBehind, losesInput, outlineOf } from '../domain/outline.ts'
import type { RetryPolicy } from '../domain/policy.ts'
import type {
  CallStep,
  EachStep,
  StepDefinition,
  SubflowStep,
  WaitStep,
  WorkflowDefinition,
} from '../engine/define-workflow.ts'
import { evaluateRules } from '../rules/evaluate.ts'
import type { RulesFile } from '../rules/schema.ts'
import type { Chart, ChartEdge, ChartNode, WorkflowDiagram } from './diagram-chart.ts'
import { failureChart } from './diagram-failure.ts'

/** Steps that fail alike, under a letter. */
interface FailingAlike {
  letter: string
  policy: RetryPolicy
  steps: StepDefinition[]
}

/** The drawing of a workflow under these rules: its graph, and what happens when its steps fail. */
export function diagramWorkflow(definition: WorkflowDefinition, file: RulesFile): WorkflowDiagram {
  const rules = evaluateRules(file, 0)
  const alike = groupByPolicy(definition, (step) => rules.policy(definition.name, step.key))
  const failures = alike.map(({ letter, policy, steps }) =>
    failureChart({
      id: `fails-${letter.toLowerCase()}`,
      title: failureTitle(definition, { letter, steps, only: alike.length === 1 }),
      policy,
      channel: rules.channel('alerts', definition.name),
      debtDueDays: rules.debtDueDays,
    }),
  )
  return {
    name: definition.name,
    title: `${definition.title} · version ${definition.version}`,
    charts: [stepsChart(definition, { file, alike }), ...failures],
  }
}

function groupByPolicy(
  definition: WorkflowDefinition,
  policyOf: (step: StepDefinition) => RetryPolicy,
): FailingAlike[] {
  const groups = new Map<string, FailingAlike>()
  for (const step of definition.steps.filter(callsServices)) {
    const policy = policyOf(step)
    const key = JSON.stringify(policy)
    const group = groups.get(key)
    if (group) group.steps.push(step)
    else groups.set(key, { letter: letterOf(groups.size), policy, steps: [step] })
  }
  return [...groups.values()]
}

/** A, B … Z, A1, B1 … */
function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`
}

interface TitleParts {
  letter: string
  steps: readonly StepDefinition[]
  only: boolean
}

function failureTitle(definition: WorkflowDefinition, { letter, steps, only }: TitleParts): string {
  if (only) return `${letter} · When a step fails`
  const others = definition.steps.filter((step) => callsServices(step) && !steps.includes(step))
  const named = (list: readonly StepDefinition[]): string => list.map(({ title }) => title).join(', ')
  const which = steps.length > others.length ? `a step other than ${named(others)}` : named(steps)
  return `${letter} · When ${which} fails`
}

function stepsChart(
  definition: WorkflowDefinition,
  { file, alike }: { file: RulesFile; alike: readonly FailingAlike[] },
): Chart {
  const letters = new Map(alike.flatMap(({ letter, steps }) => steps.map((step) => [step.key, letter] as const)))
  const nodes = definition.steps.map(
    (step): ChartNode => ({
      id: step.key,
      look: 'step',
      title: step.title,
      notes: callsServices(step)
        ? [
            ...(step.kind === 'each' ? [`for every item of a list, ${step.concurrency} at once`] : []),
            step.uses.map(({ title }) => title).join(', ') || 'calls no service',
            ...conditions(step, file),
            skipNote(definition, step),
            `if it fails: ${letters.get(step.key) ?? ''}`,
            ...undoNote(definition, step),
          ]
        : [waitNote(step, file), ...conditions(step, file), ...endNotes(definition, step, file)],
    }),
  )
  const start: ChartNode = { id: 'start', look: 'edge-of-run', title: 'Start', notes: [] }
  const done: ChartNode = {
    id: 'done',
    look: 'edge-of-run',
    title: 'Done',
    notes: ['every step succeeded, was', 'skipped or is not needed'],
  }
  return { id: 'steps', title: 'The steps', nodes: [start, ...nodes, done], edges: edgesOf(definition) }
}

const callsServices = (step: StepDefinition): step is CallStep | EachStep =>
  step.kind === 'step' || step.kind === 'each'

function undoNote({ outline }: WorkflowDefinition, { key }: StepDefinition): string[] {
  const undo = outlineOf(outline, key)?.undo
  return undo ? [`on cancel, if wanted: ${undo}`] : []
}

function conditions(step: StepDefinition, file: RulesFile): string[] {
  const rule = step.access === null ? undefined : file.access[step.access]
  const says = rule && rule.when !== 'true' ? [`when ${rule.when}`] : []
  return step.when === null ? says : [...says, 'when a condition in the workflow holds']
}

function skipNote(definition: WorkflowDefinition, step: StepDefinition): string {
  const lost = losesInput(definition.outline, step.key)
  if (lost.length === 0) return 'skipped: nothing else falls away'
  const others = definition.steps.length - 1
  if (lost.length === others && others > 2) return 'skipped: every other step falls away'
  return `skipped: ${lost.map(({ title }) => title).join(', ')} ${lost.length === 1 ? 'falls' : 'fall'} away`
}

/** Who is asked, by the rules, or that a time is waited for. */
function waitNote(step: WaitStep | SubflowStep, file: RulesFile): string {
  if (step.kind === 'subflow') return `a run of its own: ${step.workflow.title}`
  if (step.kind === 'time') return 'waits for its time'
  if (step.kind === 'event') return `waits for ${step.event.replaceAll('-', ' ')}`
  const rule = step.kind === 'approval' ? file.approvals[step.rule] : file.tasks[step.rule]
  const groups = (rule?.groups ?? []).map((key) => file.groups[key]?.title ?? key)
  const form = (rule?.from_form ?? []).map((field) => `the form’s ${field}`)
  const who = [...form, ...groups, ...(rule?.people ?? [])].join(' or ')
  if (step.kind === 'task') return `by hand: ${who}`
  return `${file.approvals[step.rule]?.quorum ?? 1} to approve: ${who}`
}

const AT_DEADLINE = { fail: 'it fails', 'not-needed': 'the run goes on without it', escalate: 'a ticket is opened' }

function deadlineNote(rule: RulesFile['events'][string] | undefined): string[] {
  if (rule?.deadline === undefined) return []
  const days = Math.round(rule.deadline / 86_400_000)
  return [`not come after ${days} days: ${AT_DEADLINE[rule.at_deadline ?? 'fail']}`]
}

function endNotes(definition: WorkflowDefinition, step: WaitStep | SubflowStep, file: RulesFile): string[] {
  if (step.kind === 'task') return [skipNote(definition, step)]
  if (step.kind === 'event') return [...deadlineNote(file.events[step.event]), skipNote(definition, step)]
  if (step.kind === 'time') return []
  const stopped = comesBehind(definition.outline, step.key)
  const also = step.kind === 'subflow' ? ['cancelled there: somebody decides here', ...undoNote(definition, step)] : []
  return [...also, `refused: ${stopped.map(({ title }) => title).join(', ') || 'nothing'} not done, the run ends`]
}

function edgesOf({ steps }: WorkflowDefinition): ChartEdge[] {
  const edges: ChartEdge[] = steps.flatMap((step) => [
    ...step.needs.map((from): ChartEdge => ({ from, to: step.key, kind: 'result' })),
    ...step.optional.map((from): ChartEdge => ({ from, to: step.key, kind: 'optional' })),
    ...step.after.map((from): ChartEdge => ({ from, to: step.key, kind: 'order' })),
  ])
  const first = steps.filter(({ key }) => !edges.some(({ to }) => to === key))
  const last = steps.filter(({ key }) => !edges.some(({ from }) => from === key))
  return [
    ...first.map(({ key }): ChartEdge => ({ from: 'start', to: key, kind: 'order' })),
    ...edges,
    ...last.map(({ key }): ChartEdge => ({ from: key, to: 'done', kind: 'order' })),
  ]
}
