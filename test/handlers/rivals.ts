import type { KnownBlock } from '@slack/types'
import type { Person } from '../../src/domain/actor.ts'
import { askCardId, failureCardId, heldCardId, noteCardId, type RunCard, runCardId } from '../../src/domain/card.ts'
import { PersonNeeded } from '../../src/domain/errors.ts'
import type { Run } from '../../src/domain/run.ts'
import type { WorkflowDefinition } from '../../src/engine/define-workflow.ts'
import type { Rules } from '../../src/rules/rules.ts'
import { drawCard } from '../../src/slack/draw-card.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { refusing, unavailable, unclear } from '../engine/scripted-egress.ts'
import { APPROVAL, testRules } from '../support/test-rules.ts'
import { wordsOf } from '../views/drawn.ts'
import { asking } from './asking-workflow.ts'
import { MAYA, OLGA, type openHandlers } from './open-handlers.ts'
import { onboarding } from './sample-workflow.ts'

export type At = Awaited<ReturnType<typeof openHandlers>>

/** Does it for one of them; resolves to what then stands in their window, and to nothing where it closed or there is none. */
export type Deed = (who: Person) => Promise<string>

/** Makes all ready, so that each of the two only has to press. */
type Ready = (at: At, run: Run) => Promise<Deed>

/** Two deeds of which only one can count. */
export interface Rivals {
  workflow: WorkflowDefinition
  rules: Partial<Rules>
  /** The step of which it is about. */
  step: string
  /** What the run is like before. */
  begun(at: At): Promise<Run>
  one: Ready
  other: Ready
}

/** All three of them, and none by name: who is named on a card has done something. */
const ALL = {
  groups: ['ops', 'teammates', 'managers'].map((key) => ({ key, title: `The ${key}` })),
  people: [],
  users: [],
}
const RULES: Partial<Rules> = {
  may: () => true,
  approval: () => ({ ...APPROVAL, asked: ALL, selfApproval: true }),
  task: () => ({ asked: ALL, dueAfterMs: null, remindAfterMs: [] }),
}

type Kind = 'run' | 'failure' | 'ask' | 'note' | 'held'

/** A card of the run as it stands now; `about`: its step, or its line of the story. */
async function cardOf(at: At, of: Run, kind: Kind, about: string | number = 0): Promise<KnownBlock[]> {
  const run = await at.run(of)
  const definition = at.ports.workflows[0] ?? onboarding
  const step = typeof about === 'string' ? (await at.step(of, about)).key : null
  const line = kind === 'note' && typeof about === 'number' ? about : null
  const ofStep = kind === 'ask' ? askCardId : failureCardId
  const ofRun = kind === 'held' ? heldCardId : runCardId
  const id = step ? ofStep(run.id, step) : line === null ? ofRun(run.id) : noteCardId(run.id, line)
  const card = { kind, step, line, id } as RunCard
  const from = { run, definition, policy: () => testRules().policy('x', 'y'), today: 2, asked: [] }
  return drawCard(card, from, drawContext(at.ports))?.blocks ?? []
}

/** All that the run's cards and the lines of its thread say. */
export async function allWords(at: At, of: Run, step: string): Promise<string> {
  const { history } = await at.run(of)
  const cards = [cardOf(at, of, 'run'), cardOf(at, of, 'failure', step), cardOf(at, of, 'ask', step)]
  const notes = history.map((_, line) => cardOf(at, of, 'note', line))
  return wordsOf(await Promise.all([...cards, ...notes]))
}

type On = (at: At, run: Run) => Promise<KnownBlock[]>

const onFailure: On = (at, run) => cardOf(at, run, 'failure', 'mail')
const onRun: On = (at, run) => cardOf(at, run, 'run')
const onHeld: On = (at, run) => cardOf(at, run, 'held')
const onApproval: On = (at, run) => cardOf(at, run, 'ask', 'ok')
const onTask: On = (at, run) => cardOf(at, run, 'ask', 'install')

/** A button whose press is all. */
const presses =
  (card: On, text: string): Ready =>
  async (at, run) => {
    const blocks = await card(at, run)
    return async (who) => {
      await at.click(blocks, text, who)
      return ''
    }
  }

/** A button whose window both have open, with what they enter there. */
const sends =
  (card: On, text: string, values: Record<string, unknown>): Ready =>
  async (at, run) => {
    await at.click(await card(at, run), text, OLGA)
    const window = at.surface.window()
    return async (who) => {
      at.surface.windows.push(window)
      const answer = await at.submit(values, who)
      if (answer.kind === 'errors') throw new Error(JSON.stringify(answer.errors))
      return answer.kind === 'update' ? wordsOf(answer.view.blocks) : ''
    }
  }

async function failed(at: At, behaviour = refusing): Promise<Run> {
  at.script.plan('mail', behaviour)
  return await at.begin({ by: MAYA })
}

const asksForApproval = (at: At): Promise<Run> => at.begin({ by: MAYA })

async function asksForWork(at: At): Promise<Run> {
  const run = await asksForApproval(at)
  const { key: step, version: stepVersion } = await at.step(run, 'ok')
  const as = { email: null, groups: MAYA.groups }
  await decided(at, run, { kind: 'approve', step, stepVersion, as }, MAYA)
  return run
}

async function proposed(at: At): Promise<Run> {
  const run = await failed(at)
  await at.click(await onFailure(at, run), 'Skip…', MAYA)
  await at.submit({ reason: 'by hand' }, MAYA)
  return run
}

async function skipped(at: At): Promise<Run> {
  const run = await failed(at)
  const { key: step, version: stepVersion } = await at.step(run, 'mail')
  await decided(at, run, { kind: 'skip', step, stepVersion, reason: 'by hand' }, MAYA)
  return run
}

async function paused(at: At): Promise<Run> {
  const run = await failed(at, unavailable())
  await decided(at, run, { kind: 'pause', reason: 'audit week', until: null }, MAYA)
  return run
}

/** Its own rules cannot be read any more. */
async function heldBack(at: At): Promise<Run> {
  const run = await failed(at, unavailable())
  const { rules } = at.ports
  const today = { ...rules.current(), version: 2 }
  rules.current = () => today
  rules.at = async (version) => {
    if (version === 2) return today
    throw new PersonNeeded({ code: 'rules-version-outdated', message: 'Not understood.', hint: 'x' })
  }
  await at.clock.advance(120_000)
  return run
}

async function decided(at: At, run: Run, decision: unknown, { team, user }: Person): Promise<void> {
  const call = { team, run: run.id, actor: { kind: 'person', team, user }, decision }
  const { kind } = await at.engine.decide(call as Parameters<At['engine']['decide']>[0])
  if (kind !== 'decided') throw new Error(kind)
}

const why = { reason: 'as agreed' }
const jane = { 'input.email': 'jane@acme.example', 'input.name': 'Jane Doe' }
const failing = { workflow: onboarding, rules: RULES, step: 'mail', begun: (at: At) => failed(at) }
const backingOff = { ...failing, begun: (at: At) => failed(at, unavailable()) }
const unknown = { ...failing, begun: (at: At) => failed(at, unclear) }
const approval = { workflow: asking, rules: RULES, step: 'ok', begun: asksForApproval }
const task = { workflow: asking, rules: RULES, step: 'install', begun: asksForWork }
const owing = { ...failing, begun: skipped }
const proposal = {
  ...failing,
  rules: { ...RULES, needsSecond: (decision: string) => decision === 'skip' },
  begun: proposed,
}

const retry = presses(onFailure, 'Retry')
const skip = sends(onFailure, 'Skip…', why)
const markDone = sends(onFailure, '⋯ Mark done…', { ...why, 'output.id': 'box-7' })
const markFound = sends(onFailure, 'Mark done…', { ...why, 'output.id': 'box-7' })
const cancel = sends(onRun, 'Cancel…', why)
const restart = sends(onRun, 'Restart…', { ...jane, ...why })
const approve = presses(onApproval, 'Approve')
const refuse = sends(onApproval, 'Refuse…', why)
const complete = sends(onTask, 'Done…', { evidence: 'On her desk.' })
const confirm = presses(onFailure, 'Confirm')
const withdraw = presses(onFailure, 'Withdraw')
const closeDebt = sends(onRun, 'Close: Open the mailbox…', { evidence: 'made by hand' })

const alike = (one: Ready) => ({ one, other: one })

/** By what the two do. */
export const RIVALS: Readonly<Record<string, Rivals>> = {
  'Retry and Retry': { ...failing, ...alike(retry) },
  'Retry and Skip': { ...failing, one: retry, other: skip },
  'Skip and Skip': { ...failing, ...alike(skip) },
  'Mark done and Mark done': { ...failing, ...alike(markDone) },
  'Mark done and Retry': { ...failing, one: markDone, other: retry },
  'Escalate and Escalate': { ...failing, ...alike(sends(onFailure, 'Escalate…', why)) },
  'Edit and Edit': { ...failing, ...alike(sends(onFailure, '⋯ Edit and retry…', { ...jane, 'input.role': 'sales' })) },
  'Take over and Take over': { ...backingOff, ...alike(presses(onFailure, 'Take over')) },
  'Retry and Take over': {
    ...backingOff,
    one: presses(onFailure, 'Retry now'),
    other: presses(onFailure, 'Take over'),
  },
  'It is not there and Mark done': { ...unknown, one: presses(onFailure, 'It is not there: retry'), other: markFound },
  'Approve and Approve': { ...approval, ...alike(approve) },
  'Approve and Refuse': { ...approval, one: approve, other: refuse },
  'Refuse and Refuse': { ...approval, ...alike(refuse) },
  'Done and Done': { ...task, ...alike(complete) },
  'Confirm and Confirm': { ...proposal, ...alike(confirm) },
  'Confirm and Withdraw': { ...proposal, one: confirm, other: withdraw },
  'Withdraw and Withdraw': { ...proposal, ...alike(withdraw) },
  'Confirm and Retry': { ...proposal, one: confirm, other: retry },
  'Cancel and Cancel': { ...failing, ...alike(cancel) },
  'Restart and Restart': { ...failing, ...alike(restart) },
  'Restart and Cancel': { ...failing, one: restart, other: cancel },
  'Pause and Pause': { ...backingOff, ...alike(sends(onRun, 'Pause…', why)) },
  'Resume and Resume': { ...failing, begun: paused, ...alike(presses(onRun, 'Resume run')) },
  'Go on and Go on by today’s rules': {
    ...failing,
    begun: heldBack,
    ...alike(presses(onHeld, 'Go on by today’s rules')),
  },
  'Close and Close what is owed': { ...owing, ...alike(closeDebt) },
}
