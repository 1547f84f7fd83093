import { RunId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Proposable } from '../../src/domain/proposal.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import type { DrawContext } from '../../views/drawing.ts'
import { approvalStates, runOf, taskStates, timeStep } from '../views/sample-asks.ts'
import {
  attemptId,
  base,
  call,
  ctx,
  done,
  entryId,
  failing,
  key,
  minutes,
  olga,
  outline,
  sampleRun,
  T0,
  tim,
} from '../views/sample-run.ts'
import { runStates, runWith, stepStates } from '../views/sample-states.ts'
import { holdId, incident, pause } from './sample-holds.ts'

const UNDO: Record<string, string> = {
  'google-account': 'Suspend the account',
  'github-org': 'Take the invitation back',
  'team-access': 'Take the access away',
}

/** The sample workflow with what undoes its steps. */
export const undoing: WorkflowOutline = {
  ...outline,
  steps: outline.steps.map((step) => ({ ...step, ...(UNDO[step.key] ? { undo: UNDO[step.key] } : {}) })),
}

const workflow = (name: string): string => (name === outline.name ? outline.title : name)
export const plain: DrawContext = { ...ctx, workflow, mayResume: () => 'Ops or Managers' }
/** Where a pause, or an incident, keeps the steps from going on. */
export const underPause: DrawContext = { ...plain, hold: () => pause }
export const underIncident: DrawContext = { ...plain, hold: () => incident }

export const stepOf = (name: string): Step => (stepStates[name] ?? approvalStates[name]) as Step
export const paused = { by: olga, at: minutes(3), reason: 'She starts a week later.', until: null, entry: entryId(1) }
const held = (why: 'pause' | 'incident' | 'brake'): Step => ({
  ...base('github-org'),
  ...{ status: 'held', hold: holdId, why, since: minutes(2), failing: why === 'incident' ? failing : null },
})

const heldFailing = { attempts: 2, alerted: true, calls: [call()], failing }

/** The GitHub step in states that its failure card can show, beside those of its tests. */
export const moreSteps: Record<string, Step> = {
  'held by an incident': { ...held('incident'), attempts: 2, alerted: true, calls: [call()] },
  'held by a pause': { ...held('pause'), ...heldFailing, resumeAt: minutes(91) } as Step,
  'held by its run’s pause': { ...held('pause'), ...heldFailing, hold: null } as Step,
  'taken over': {
    ...stepOf('failed'),
    owner: { by: tim, since: minutes(11), until: minutes(71) },
  },
}

const item = (name: string, label: string, parts: Partial<Step> = {}): Step =>
  ({ ...done(`team-access:${name}`), item: { key: name, label }, ...parts }) as Step
const running = { status: 'running', attempt: attemptId, startedAt: minutes(1), failing: null } as const
const other = RunId.parse('0199f000-0000-7000-8000-00000badcafe')
const cancelled = { by: olga, at: minutes(12), reason: 'Jane has withdrawn.', undo: true }
const proposal = (decision: Proposable) => ({
  ...{ id: entryId(900), by: tim, at: minutes(11), expiresAt: minutes(24 * 60), decision },
})
export const withProposal = (run: Run, decision: Proposable): Run => ({ ...run, proposals: [proposal(decision)] })

const cancelling = (): Run => {
  const undo = (of: string, parts: Partial<Step>): Step =>
    ({ ...base(`${of}~undo`), ...parts, version: 1 }) as unknown as Step
  return sampleRun(
    [
      { ...done('github-org'), calls: [call({ outcome: 'done' })] } as Step,
      ...['team-access', 'welcome'].map(
        (name): Step => ({ ...base(name), attempts: 0, status: 'cancelled', at: minutes(12) }),
      ),
      undo('github-org', { ...running, startedAt: minutes(12) }),
      undo('google-account', { status: 'pending' }),
    ],
    { status: 'cancelling', cancelled },
  )
}

const event: Step = {
  ...base('github-org'),
  ...{ status: 'waiting', startedAt: T0 },
  wait: {
    ...{ kind: 'event', since: T0, event: 'contract-signed', key: 'C-1042', overdue: false },
    ...{ expectedBy: minutes(3 * 24 * 60), deadline: { at: minutes(9 * 24 * 60), outcome: 'fail' } },
  },
}
const child: Step = {
  ...base('github-org'),
  ...{ status: 'waiting', startedAt: T0 },
  wait: { kind: 'run', since: T0, run: other, workflow: 'equipment-order', title: 'Equipment order' },
}
const list: Step[] = [
  { ...base('team-access'), status: 'waiting', startedAt: T0, wait: { kind: 'items', since: T0 } },
  item('figma', 'Figma'),
  item('zoom', 'Zoom'),
  item('notion', 'Notion', { status: 'failed', at: minutes(10), failing, alerted: true } as Partial<Step>),
]

/** Runs as their card can find them, beside those of its tests. */
export const moreRuns: Record<string, { run: Run; ctx?: DrawContext }> = {
  'waits for approval': { run: runOf(approvalStates.half as Step) },
  'waits for a task': { run: runOf(taskStates.overdue as Step) },
  'waits for a time': { run: runOf(timeStep) },
  'waits for an event': { run: sampleRun([event], { status: 'waiting' }) },
  'waits for another run': { run: sampleRun([child], { status: 'waiting' }) },
  'a list': { run: sampleRun([done('github-org'), ...list], { status: 'blocked' }) },
  refused: { run: runOf(approvalStates.refused as Step) },
  cancelling: { run: cancelling() },
  'part of another': {
    run: sampleRun([], {
      parent: { run: other, step: key('equipment'), workflow: 'equipment-request', title: 'Equipment request' },
    }),
  },
  'proposed to cancel': { run: withProposal(runWith(stepOf('failed')), { kind: 'cancel', reason: 'She withdrew.' }) },
  paused: {
    run: sampleRun([{ ...held('pause'), hold: null } as Step], {
      ...{ status: 'paused', paused: { ...paused, until: minutes(90) } },
    }),
  },
  'paused, and needs somebody': { run: { ...runWith(stepOf('failed')), paused } },
  'held by a pause': { run: sampleRun([held('pause')], { status: 'paused' }), ctx: underPause },
  'held by an incident': { run: sampleRun([held('incident')], { status: 'held' }), ctx: underIncident },
  'held by the brake': { run: sampleRun([held('brake')], { status: 'held' }) },
}

export const named = (name: string): Run => runStates[name] ?? sampleRun([])
export const found = (name: string) => ({ run: named(name), outline: undoing })
export const everyRun = Object.values(runStates).map((run) => ({ run, outline: undoing }))
