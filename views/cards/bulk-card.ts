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
import { texts } from '../texts/index.ts'
import { dateToken, duration } from '../times.ts'
import { type Part, partLines } from './part.ts'

export interface BulkSubject {
  bulk: Bulk
  /** The runs of those that are named. */
  runs: readonly { run: Run; outline: WorkflowOutline }[]
}

/** Members of each kind that are named on the card. */
const MOST_NAMED = 8

/** What did not go as it should have, and is named apart. */
export type ApartOutcome = Extract<
  BulkOutcome,
  'failed-again' | 'second-person' | 'decided' | 'refused' | 'not-allowed' | 'stopped'
>

/** In the order of the card. */
const APART: readonly ApartOutcome[] = ['failed-again', 'second-person', 'decided', 'refused', 'not-allowed', 'stopped']

/** Members that the card names; their runs are looked up for it. */
export const namedOnCard = (bulk: Bulk): BulkMember[] =>
  APART.flatMap((outcome) => membersThat(bulk, outcome).slice(0, MOST_NAMED))

/** `34 of 80 retried, 2 failed again, 3 were decided by others` */
export function bulkProgress(bulk: Bulk): string {
  const says = texts.bulkCard
  const parts = APART.flatMap((outcome) => {
    const amount = membersThat(bulk, outcome).length
    return amount > 0 ? [says.apart(outcome, amount)] : []
  })
  const retried = bulk.members.filter(wasRetried).length
  return [says.progress(retried, bulk.members.length), ...parts].join(', ')
}

/** The card of a bulk retry: how far it is, what did not go well, and how to stop it. */
export function bulkCard(subject: BulkSubject, ctx: DrawContext): Drawing {
  const { bulk } = subject
  const retried = bulk.members.filter(wasRetried).length
  const says = texts.bulkCard
  const amounts = { retried, all: bulk.members.length }
  const title = says.title({ sign: SIGN(bulk), name: tameLine(bulk.name, 60), ...amounts })
  const parts = [howFar(bulk, ctx), ...apart(subject)]
  return {
    blocks: [
      header(title),
      context(markup(says.since(dateToken(bulk.since, 'near'), bulk.perMinute))),
      ...parts.map(({ label, ...part }) => labelled(label, part)),
      ...stopButton(bulk),
    ],
    text: fallbackText([[bold(title, 250)], ...partLines(parts)]),
  }
}

const SIGN = ({ status, stopped }: Bulk): string => (stopped ? '✋' : status === 'ended' ? '✅' : '🔁')

function howFar(bulk: Bulk, ctx: DrawContext): Part {
  const { by, since, stopped, endedAt, leftOut } = bulk
  const card = texts.bulkCard
  const amount = (outcome: BulkOutcome): number => membersThat(bulk, outcome).length
  const filter = bold(bulk.filter || card.everything, 200)
  const says: Words[] = [
    card.askedFor({ by: bold(ctx.name(by), 80), filter, progress: bulkProgress(bulk) }),
    [card.so({ succeeded: amount('succeeded'), goOn: amount('retried'), waiting: amount('waiting') })],
    ...(stopped ? [card.stopped(bold(ctx.name(stopped.by), 80), moment(stopped.at, since))] : []),
    ...(endedAt === null ? [] : [[card.took(duration(endedAt - since))]]),
    ...(leftOut > 0 ? [[card.leftOut(leftOut)]] : []),
  ]
  return { label: card.howFar, says: says.flatMap((each, at) => (at === 0 ? each : [' ', ...each])), points: [] }
}

const apart = ({ bulk, runs }: BulkSubject): Part[] =>
  APART.flatMap((outcome) => {
    const all = membersThat(bulk, outcome)
    if (all.length === 0) return []
    const points = all.slice(0, MOST_NAMED).map((member) => memberWords(member, runs))
    const more: Words[] = all.length > MOST_NAMED ? [[texts.words.andMore(all.length - MOST_NAMED)]] : []
    const { label, way } = texts.bulkCard
    return [{ label: label(outcome, all.length), says: [way(outcome)], points: [...points, ...more] }]
  })

function memberWords({ run: id, step }: BulkMember, runs: BulkSubject['runs']): Words {
  const found = runs.find(({ run }) => run.id === id)
  const title = outside(found ? stepTitle(found.outline, step) : step, 80)
  return texts.bulkCard.member(title, found ? outside(found.run.subject.label, 80) : null, shortId(id))
}

/** What stops it, as long as some have not had their turn. */
export function stopButton(bulk: Bulk): KnownBlock[] {
  if (bulk.status !== 'running' || membersThat(bulk, 'waiting').length === 0) return []
  const value = encodeBulkRef(bulk.id)
  const { stop, stops } = texts.bulkCard
  return [actions([button({ text: stop, action: actionIds.stopBulk, value, style: 'danger', label: stops })])]
}
