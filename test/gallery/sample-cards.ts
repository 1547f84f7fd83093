import type { Matter } from '../../src/domain/alert.ts'
import type { HeldBack } from '../../src/domain/held-back.ts'
import type { HistoryLine } from '../../src/domain/history-line.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import { allOf } from '../../views/answers/some-of.ts'
import { alertCard } from '../../views/cards/alert-card.ts'
import { approvalCard } from '../../views/cards/approval-card.ts'
import { boardCard } from '../../views/cards/board-card.ts'
import { bulkCard } from '../../views/cards/bulk-card.ts'
import { digestCard } from '../../views/cards/digest-card.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { heldCard } from '../../views/cards/held-card.ts'
import { holdCard } from '../../views/cards/hold-card.ts'
import { note } from '../../views/cards/note.ts'
import { nudge } from '../../views/cards/nudge.ts'
import { runCard } from '../../views/cards/run-card.ts'
import { stormCard } from '../../views/cards/storm-card.ts'
import { taskCard } from '../../views/cards/task-card.ts'
import { movedAway, whereItStands } from '../../views/cards/where-it-stands.ts'
import type { DrawContext, Drawing } from '../../views/drawing.ts'
import { checkpointNote, checkpointsOfDay } from '../../views/ledger-checkpoint.ts'
import { EquipmentRequest } from '../../workflows/equipment-order.ts'
import { approval, approvalStates, mentions, runOf, subjectOf, task, taskStates } from '../views/sample-asks.ts'
import { entryId, key, minutes, policy, runId, sampleRun, T0, tim } from '../views/sample-run.ts'
import { runStates, runWith, stepStates } from '../views/sample-states.ts'
import { bulks, holds } from './sample-holds.ts'
import {
  everyRun,
  found,
  moreRuns,
  moreSteps,
  plain,
  stepOf,
  underIncident,
  underPause,
  undoing,
  withProposal,
} from './sample-runs.ts'
import { storms } from './sample-storms.ts'

export type Drawings = Record<string, Drawing>

const each = <T>(prefix: string, all: Readonly<Record<string, T>>, draw: (one: T, name: string) => Drawing): Drawings =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [`${prefix}: ${name}`, draw(one, name)]))

const skip = { kind: 'skip', step: key('github-org'), stepVersion: 1, reason: 'She has one.' } as const
const absent = { kind: 'retry', step: key('github-org'), stepVersion: 1, provenAbsent: true } as const

const failureOf = (step: Step, ctx: DrawContext, run: Run = runWith(step)): Drawing =>
  failureCard({ run, step, outline: undoing, policy }, ctx)

const failures = (): Drawings => ({
  ...each('failure', stepStates, (step) => failureOf(step, plain)),
  ...each('failure', moreSteps, (step) => {
    const isOwn = step.status === 'held' && step.hold === null
    const run = isOwn ? { ...runWith(step), ...moreRuns.paused?.run, steps: runWith(step).steps } : runWith(step)
    return failureOf(step, step.status === 'held' && step.why === 'pause' ? underPause : underIncident, run)
  }),
  'failure: today’s rules are others': failureCard(
    { run: runWith(stepOf('failed')), step: stepOf('failed'), outline: undoing, policy, rules: { today: 9 } },
    plain,
  ),
  'failure: proposed to skip': failureOf(stepOf('failed'), plain, withProposal(runWith(stepOf('failed')), skip)),
  'failure: proposed as not there': failureOf(
    stepOf('unknown'),
    plain,
    withProposal(runWith(stepOf('unknown')), absent),
  ),
  'failure: late': whereItStands(failureOf(stepOf('failed'), plain), {
    late: { ms: 125_000, why: 'Slack answered 503.' },
    detour: { home: '#ops-alerts', why: 'the channel is archived' },
  }),
  'moved away': movedAway('#purser-fallback'),
})

const runs = (): Drawings => ({
  ...each('run', runStates, (run) => runCard(run, undoing, plain)),
  ...each('run', moreRuns, ({ run, ctx = plain }) => runCard(run, undoing, ctx)),
})

const withFiles = subjectOf(approvalStates.asked as Step)
const file = (name: string) => ({
  ...{ id: 'F0QUOTE', name, size: 48_213, mimetype: 'application/pdf' },
  permalink: `https://acme.slack.example/files/U0/F0QUOTE/${name}`,
})
const filesEntered = { name: 'Jane Doe', item: 'laptop', quote: [file('quote.pdf'), file('another-quote.pdf')] }

const asks = (): Drawings => ({
  ...each('approval', approvalStates, (step) =>
    approvalCard(subjectOf(step), step.wait?.kind === 'approval' ? step.wait : approval, plain),
  ),
  'approval: with files': approvalCard(
    { ...withFiles, run: { ...withFiles.run, input: filesEntered }, input: EquipmentRequest },
    approval,
    plain,
  ),
  ...each('task', taskStates, (step) =>
    taskCard(subjectOf(step), step.wait?.kind === 'task' ? step.wait : task, plain),
  ),
  'task: proposed to skip': taskCard(
    { ...subjectOf(taskStates.asked as Step), run: withProposal(runOf(taskStates.asked as Step), skip) },
    task,
    plain,
  ),
})

const codes: HeldBack['code'][] = ['definition-changed', 'workflow-gone', 'rules-gone']
const heldBack = (code: HeldBack['code']): Run => ({
  ...runWith(stepOf('retrying')),
  status: 'held',
  heldBack: {
    ...{ since: minutes(5), code, version: 2, shape: 'x' },
    message: 'The step “github-org” has succeeded, and its result does not fit the new schema: login is missing.',
  },
})

const matters: Matter[] = [
  { kind: 'not-begun', item: entryId(1), source: 'docusign' },
  { kind: 'not-usable', item: entryId(1), source: 'docusign', code: 'not-in-what-came' },
  { kind: 'standstill' },
  { kind: 'attempt-hangs', carried: true, timeoutMs: 600_000 },
  { kind: 'not-woken' },
  { kind: 'not-fired', schedule: 'monday-review', dueAt: minutes(-30) },
  { kind: 'not-started', schedule: 'monday-review', dueAt: minutes(-30), outcome: 'subject-busy' },
  { kind: 'not-come', event: 'contract-signed' },
  { kind: 'out-of-reach', of: 'approval' },
  { kind: 'directory-refused', code: 'missing-scope', scope: 'users:read' },
  { kind: 'directory-refused', code: 'token-revoked', scope: null },
]
const ofRun = new Set<Matter['kind']>(['standstill', 'attempt-hangs', 'not-woken', 'not-come', 'out-of-reach'])
const alertOf = (matter: Matter, settledAt: number | null): Drawing => {
  const about = ofRun.has(matter.kind)
  const run = about ? runWith(stepOf('trying')) : null
  const alert = {
    ...{ team: sampleRun([]).team, id: 'a', run: about ? runId : null, step: about ? key('github-org') : null },
    ...{ matter, since: minutes(1), raisedAt: minutes(2), movedAt: minutes(2), settledAt, cause: 'x' },
  }
  return alertCard({ alert, run, outline: run && undoing }, plain)
}

const held = (): Drawings => ({
  ...each('hold', holds, ({ hold, waiting }) => holdCard({ hold, waiting, mentions, oldest: [sampleRun([])] }, plain)),
  ...each('held back', Object.fromEntries(codes.map((code) => [code, heldBack(code)])), (run) =>
    heldCard(run, undoing, plain),
  ),
  'held back: over': heldCard({ ...runWith(stepOf('retrying')), heldBack: null }, undoing, plain),
  ...each('bulk', bulks, (bulk) => bulkCard({ bulk, runs: [found('failed')] }, plain)),
  ...each('alert', Object.fromEntries(matters.map((matter) => [matter.kind, matter])), (matter) =>
    alertOf(matter, null),
  ),
  ...each('storm', storms, (subject) => stormCard(subject, plain)),
  'alert: settled': alertOf({ kind: 'not-come', event: 'contract-signed' }, minutes(9)),
})

const debt = { step: key('github-org'), owner: tim, due: minutes(90), reason: 'Not before Monday.' }
const quiet = { since: T0, stuck: allOf([]), overdue: [], owed: [], underWay: 0, waiting: 0, held: 0 }
const sums = (): Drawings => ({
  'board: some': boardCard({ shown: [...everyRun, ...everyRun], count: 42, andMore: false }, plain),
  'board: none': boardCard({ shown: [], count: 0, andMore: false }, plain),
  'digest: quiet': digestCard({ ...quiet, ended: { count: 0, succeeded: 0, refused: 0, medianMs: null } }, plain),
  'digest: full': digestCard(
    {
      ...{ since: T0, underWay: 12, waiting: 4, held: 2 },
      stuck: allOf([found('failed'), found('unknown')]),
      overdue: [{ ...found('begun'), step: taskStates.overdue as Step }],
      owed: [{ ...found('owed'), debt }],
      ended: { count: 9, succeeded: 7, refused: 1, medianMs: 200_000 },
    },
    plain,
  ),
  'checkpoints of a day': checkpointsOfDay('3 November 2026'),
  'a checkpoint': checkpointNote({
    size: 1_234,
    note: 'purser.acme.example\n1234\nPWfnDDOVuuWhkkWGIVmHCeOGMqlKXNoDJmWoMUVsGEI=\n\n— purser.acme.example Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n',
  }),
})

/** Lines in a thread, by kind. */
const noted: Record<HistoryLine['kind'], string | null> = {
  started: null,
  'step-failing': 'GitHub answered 503.',
  'step-failed': 'GitHub answered 503.',
  'step-unknown': 'GitHub did not answer.',
  'step-recovered': null,
  retry: null,
  skip: 'Not before Monday.',
  'mark-done': 'The invitation is there.',
  escalate: 'We need an owner.',
  'ticket-opened': 'OPS-12',
  cancel: 'Jane has withdrawn.',
  undone: null,
  'late-answer': null,
  'run-begun': 'Equipment order',
  ended: null,
  asked: null,
  reminded: null,
  overdue: null,
  widened: null,
  approve: null,
  refuse: 'There is a spare one.',
  delegate: 'I am away.',
  complete: null,
  reassign: 'It is in her mailbox.',
  edit: 'She is an engineer.',
  restart: 'It was started with the wrong role.',
  'take-over': null,
  lapsed: null,
  propose: 'skip',
  withdraw: 'skip',
  expired: 'skip',
  'use-rules': null,
  'held-back': 'Its definition was changed.',
  released: null,
  adopted: 'Version 2',
  'close-debt': 'Created by hand.',
  'hand-over-debt': null,
  'debt-due': null,
  cleared: null,
  came: null,
  pause: 'She starts a week later.',
  resume: null,
  rerouted: null,
  returned: null,
  'out-of-reach': null,
  'debt-rerouted': null,
  'debt-returned': null,
}

const lines = (): Drawings => {
  const drawings = Object.entries(noted).flatMap(([name, text]): [string, Drawing | null][] => {
    const kind = name as HistoryLine['kind']
    const line: HistoryLine = {
      at: minutes(12),
      kind,
      step: key('github-org'),
      by: tim,
      to: tim,
      away: { who: tim, why: 'rules', until: minutes(900) },
      text,
    }
    const run = runStates.succeeded as Run
    const asked = kind === 'overdue' || kind === 'reassign' ? taskStates.asked : approvalStates.asked
    const nudged = NUDGES.has(kind)
    return [
      [
        `${nudged ? 'nudge' : 'note'}: ${kind}`,
        nudged
          ? nudge(line, { run: runOf(asked as Step), outline: undoing, asked: mentions }, plain)
          : note(line, { run, outline: undoing }, plain),
      ],
    ]
  })
  return Object.fromEntries(drawings.flatMap(([name, drawing]) => (drawing ? [[name, drawing]] : [])))
}
const NUDGES = new Set<HistoryLine['kind']>([
  'asked',
  'reminded',
  'overdue',
  'widened',
  'delegate',
  'reassign',
  'rerouted',
])

/** Every card in every state. */
export const sampleCards = (): Drawings => ({
  ...failures(),
  ...runs(),
  ...asks(),
  ...held(),
  ...sums(),
  ...lines(),
})
