import type { CommitOutcome, Store, Subject } from '../../db/store.ts'
import { PersonNeeded } from '../domain/errors.ts'
import type { Hold } from '../domain/hold.ts'
import { type RunId, type StepKey, shortId } from '../domain/ids.ts'
import type { Run, StepFailure } from '../domain/run.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import type { RulesBook } from '../rules/rules.ts'
import { applyEvents } from './apply-events.ts'
import type { StartAnswer } from './decisions.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import type { ChildStart, FreshRun, RefusedStarts, RunChange } from './events.ts'
import { checkStart, type Known, newRun, type StartPorts, subjectFor } from './start-run.ts'

export interface BeginPorts extends Omit<StartPorts, 'begin' | 'store'> {
  store: Pick<Store, 'subjectByKey' | 'commit'>
  rules: RulesBook
  workflows: readonly WorkflowDefinition[]
  /** What keeps steps from going on now. */
  holds(): readonly Hold[]
}

/** A run that begins with the change of another one: for a step of that one, or in its place. */
export interface BegunRun extends Omit<FreshRun, 'run' | 'brake'> {
  change: RunChange
  /** The run whose step waits for it; null for the one that goes on in the place of another. */
  parent: RunId | null
  /** By which steps one gets to it, from the run that changes. */
  path: string
}

interface Deciding<D> {
  decide(refusedStarts: RefusedStarts): D
  /** What could not begin, by the way to its step. */
  refused: Map<string, StepFailure>
  path?: string
}

/** Decides until everything that is to begin can begin: what cannot is the failure of the step that wanted it. */
export async function decideWithBegun<D extends { change: RunChange | null }>(
  ports: BeginPorts,
  { decide, refused, path = '' }: Deciding<D>,
): Promise<{ decided: D; begun: BegunRun[] }> {
  for (;;) {
    const decided = decide(refusedIn(refused, path))
    const { change } = decided
    if (change === null) return { decided, begun: [] }
    const children: BegunRun[] = []
    const before = refused.size
    for (const start of change.children) {
      const at = `${path}${start.step}`
      const begun = await beginChild(ports, change.run, { start, refused, path: at })
      if (Array.isArray(begun)) children.push(...begun)
      else refused.set(at, begun)
    }
    if (refused.size > before) continue
    if (!change.begins) return { decided, begun: children }
    const next = await begin(ports, change.begins, { parent: null, refused, path: `${path}next` })
    return { decided, begun: [...next, ...children] }
  }
}

/** How a run begins, and those that its steps begin at once. */
async function begin(
  ports: BeginPorts,
  { run, definition, rules, subject, startKey }: FreshRun,
  { parent, refused, path }: Pick<BegunRun, 'parent' | 'path'> & { refused: Map<string, StepFailure> },
): Promise<BegunRun[]> {
  const { clock, ids, holds } = ports
  const { decided, begun } = await decideWithBegun(ports, {
    decide: (refusedStarts) =>
      applyEvents(run, [{ kind: 'begun' }], {
        definition,
        rules,
        now: clock.now(),
        ids,
        holds: holds(),
        refusedStarts,
      }),
    refused,
    path: `${path}>`,
  })
  const { change } = decided
  if (change === null) throw new Error(`run ${run.id} could not begin`)
  return [{ change, definition, rules, subject, startKey, parent, path }, ...begun]
}

/** Remembers a child that the store did not take; true when that says how to decide anew. */
export function isChildRefused(
  outcome: CommitOutcome,
  begun: readonly BegunRun[],
  refused: Map<string, StepFailure>,
): boolean {
  if (outcome.kind !== 'subject-busy' && outcome.kind !== 'already-started') return false
  const child = begun.find(({ change }) => change.run.id === outcome.child)
  if (!child) return false
  refused.set(child.path, busy(child, outcome.run))
  return true
}

async function beginChild(
  ports: BeginPorts,
  parent: Run,
  { start, refused, path }: { start: ChildStart; refused: Map<string, StepFailure>; path: string },
): Promise<BegunRun[] | StepFailure> {
  const definition = ports.workflows.find(({ name }) => name === start.workflow)
  if (!definition) return notBegun('no-such-workflow', `There is no workflow called ${start.workflow}.`, DEPLOY)
  const rules = ports.rules.current()
  const { team, startedBy: actor } = parent
  const { workflow, input, startKey } = start
  const call = { team, workflow, input, actor, startKey }
  const checked = checkStart(ports, call, { definition, rules })
  if (checked.kind !== 'ready') return refusal(checked)
  const subject = await subjectOf(ports, parent, checked.known)
  await ports.keys.ensure([subject.id])
  const title = ports.workflows.find(({ name }) => name === parent.workflow)?.title ?? parent.workflow
  const from = { run: parent.id, step: start.step, workflow: parent.workflow, title }
  const fresh = newRun(ports, call, { definition, rules, input: checked.input, subject })
  const asked = parent.alsoBy ? { alsoBy: parent.alsoBy } : {}
  const run: Run = { ...fresh, ...asked, id: start.run, parent: from }
  return await begin(ports, { run, definition, rules, subject, startKey }, { parent: parent.id, refused, path })
}

/** Somebody new gets their id at once, in their turn: a start about them at the same moment has to find it. */
async function subjectOf(ports: BeginPorts, parent: Run, known: Known): Promise<Subject> {
  const { team, subject } = parent
  // Whom the parent is about may be new too: then their turn is the parent's.
  if (known.key === subject.key) return { id: subject.id, team, ...known }
  const there = await ports.store.subjectByKey(team, known.key)
  if (there) return { ...there, label: known.label }
  return await ports.claims.hold(`${team}/${known.key}`, async () => {
    const made = await subjectFor(ports, team, known)
    await ports.store.commit({ at: ports.clock.now(), entries: [], subject: made })
    return made
  })
}

const refusedIn = (refused: ReadonlyMap<string, StepFailure>, path: string): Map<StepKey, StepFailure> =>
  new Map(
    [...refused].flatMap(([at, failure]) =>
      at.startsWith(path) && !at.slice(path.length).includes('>')
        ? [[at.slice(path.length) as StepKey, failure] as const]
        : [],
    ),
  )

const DEPLOY = 'Deploy the version that has it, and retry.'

function refusal(answer: StartAnswer): StepFailure {
  if (answer.kind === 'refused') return notBegun(answer.code, answer.message, answer.hint)
  const errors =
    answer.kind === 'invalid' ? Object.entries(answer.errors).map(([field, what]) => `${field}: ${what}`) : []
  return notBegun('input-does-not-fit', `It cannot begin with this input. ${errors.join(' ')}`, DEPLOY)
}

const busy = ({ definition, change }: BegunRun, other: RunId): StepFailure =>
  notBegun(
    'subject-busy',
    `${definition.title} for ${change.run.subject.label} is under way already, as run ${shortId(other)}, which somebody else began.`,
    'When that run has ended: retry, and it is done again; or mark this step done, if it did what is needed here.',
  )

const notBegun = (code: string, message: string, hint: string): StepFailure =>
  toStepFailure(new PersonNeeded({ code, message, hint }))
