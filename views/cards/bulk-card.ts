import type { KnownBlock } from '@slack/types'
import { type Bulk, type BulkMember, type BulkOutcome, membersThat, wasRetried } from '../../src/domain/bulk.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button, context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { tameLine } from '../outside-text.ts'
import { encodeBulkRef } from '../references.ts'
import { bold, labelled, moment, outside, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { dateToken, duration } from '../times.ts'
import { count } from '../wording.ts'
import { type Part, partLines } from './part.ts'

export interface BulkSubject {
  bulk: Bulk
  /** The runs of those that are named. */
  runs: readonly { run: Run; outline: WorkflowOutline }[]
}

/** Members of each kind that are named on the card. */
const MOST_NAMED = 8

/** What is named apart: what did not go as it should have. */
const APART: readonly { outcome: BulkOutcome; label: string; way: string }[] = [
  { outcome: 'failed-again', label: '🔴 Failed again', way: 'Their cards ask for a decision.' },
  {
    outcome: 'second-person',
    label: '🤝 Need a second person',
    way: 'Retry each on its card; somebody else confirms.',
  },
  { outcome: 'decided', label: '👤 Decided by others, or went on meanwhile', way: 'Nothing was changed.' },
  { outcome: 'refused', label: '⛔ Could not be retried', way: 'Their cards say why.' },
  { outcome: 'not-allowed', label: '🔒 Not yours to retry', way: 'Nothing was changed.' },
  { outcome: 'stopped', label: '✋ Not retried any more', way: 'They stand as they stood.' },
]

/** Members that the card names; their runs are looked up for it. */
export const namedOnCard = (bulk: Bulk): BulkMember[] =>
  APART.flatMap(({ outcome }) => membersThat(bulk, outcome).slice(0, MOST_NAMED))

/** `34 of 80 retried, 2 failed again, 3 were decided by others` */
export function bulkProgress(bulk: Bulk): string {
  const of = (outcome: BulkOutcome): number => membersThat(bulk, outcome).length
  const parts = [
    [of('failed-again'), 'failed again'],
    [of('second-person'), of('second-person') === 1 ? 'needs a second person' : 'need a second person'],
    [of('decided'), of('decided') === 1 ? 'was decided by others' : 'were decided by others'],
    [of('refused'), 'could not be retried'],
    [of('not-allowed'), 'not allowed'],
    [of('stopped'), 'stopped'],
  ] as const
  const retried = bulk.members.filter(wasRetried).length
  const rest = parts.filter(([amount]) => amount > 0).map(([amount, what]) => `${amount} ${what}`)
  return [`${retried} of ${bulk.members.length} retried`, ...rest].join(', ')
}

/** The card of a bulk retry: how far it is, what did not go well, and how to stop it. */
export function bulkCard(subject: BulkSubject, ctx: DrawContext): Drawing {
  const { bulk } = subject
  const retried = bulk.members.filter(wasRetried).length
  const title = `${SIGN(bulk)} Bulk retry “${tameLine(bulk.name, 60)}”: ${retried} of ${bulk.members.length} retried`
  const parts = [howFar(bulk, ctx), ...apart(subject)]
  return {
    blocks: [
      header(title),
      context(markup(`Since ${dateToken(bulk.since, 'near')}, ${bulk.perMinute} a minute`)),
      ...parts.map(({ label, says, points }) => labelled(label, { says, points })),
      ...stopButton(bulk),
    ],
    text: fallbackText([[bold(title, 250)], ...partLines(parts)]),
  }
}

const SIGN = ({ status, stopped }: Bulk): string => (stopped ? '✋' : status === 'ended' ? '✅' : '🔁')

function howFar(bulk: Bulk, ctx: DrawContext): Part {
  const { by, since, stopped, endedAt, filter, leftOut } = bulk
  const succeeded = membersThat(bulk, 'succeeded').length
  const goOn = membersThat(bulk, 'retried').length
  const waiting = membersThat(bulk, 'waiting').length
  const says: Words = [
    'Asked for by ',
    bold(ctx.name(by), 80),
    ', for what fits ',
    bold(filter || 'everything that fails', 200),
    `. ${bulkProgress(bulk)}. ${succeeded} succeeded`,
    ...(goOn > 0 ? [`, ${goOn} under way`] : []),
    ...(waiting > 0 ? [`, ${waiting} still to be retried`] : []),
    '.',
    ...(stopped ? [' Stopped by ', bold(ctx.name(stopped.by), 80), ' ', ...moment(stopped.at, since), '.'] : []),
    ...(endedAt === null ? [] : [` It took ${duration(endedAt - since)}.`]),
    ...(leftOut > 0 ? [` ${count(leftOut, 'step')} left out: somebody has to look whether they were done.`] : []),
  ]
  return { label: 'How far it is', says, points: [] }
}

const apart = ({ bulk, runs }: BulkSubject): Part[] =>
  APART.flatMap(({ outcome, label, way }) => {
    const all = membersThat(bulk, outcome)
    if (all.length === 0) return []
    const points = all.slice(0, MOST_NAMED).map((member) => memberWords(member, runs))
    const more: Words[] = all.length > MOST_NAMED ? [[`and ${all.length - MOST_NAMED} more`]] : []
    return [{ label: `${label} (${all.length})`, says: [way], points: [...points, ...more] }]
  })

function memberWords({ run: id, step }: BulkMember, runs: BulkSubject['runs']): Words {
  const found = runs.find(({ run }) => run.id === id)
  if (!found) return [outside(step, 80), ` (run ${shortId(id)})`]
  return [
    outside(stepTitle(found.outline, step), 80),
    ' for ',
    outside(found.run.subject.label, 80),
    ` (run ${shortId(id)})`,
  ]
}

/** What stops it, as long as some have not had their turn. */
export function stopButton(bulk: Bulk): KnownBlock[] {
  if (bulk.status !== 'running' || membersThat(bulk, 'waiting').length === 0) return []
  const value = encodeBulkRef(bulk.id)
  return [
    actions([
      button({
        text: 'Stop',
        action: actionIds.stopBulk,
        value,
        style: 'danger',
        label: 'Stop: retry no more of them',
      }),
    ]),
  ]
}
