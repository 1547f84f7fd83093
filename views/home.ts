import type { HomeView, KnownBlock } from '@slack/types'
import type { WorkflowOutline } from '../src/domain/outline.ts'
import { isBlocking, type Run } from '../src/domain/run.ts'
import { startRunAction } from './action-ids.ts'
import { type AskInAnswer, askEntry } from './answers/ask-entry.ts'
import { listEntry, type RunInAnswer } from './answers/status-answer.ts'
import { actions, button, context, header, markup, section } from './blocks.ts'
import type { DrawContext } from './drawing.ts'
import { encodeWorkflowRef } from './references.ts'
import { labelled, outside, paragraph, type Words } from './rich-text.ts'
import { dateToken, duration } from './times.ts'
import { count } from './wording.ts'

/** What the App Home shows to one person; already filtered by their rights. */
export interface HomeModel {
  /** Blocked runs that this person may decide about. */
  needsYou: readonly RunInAnswer[]
  /** Approvals and tasks for which this person is asked. */
  asks: readonly AskInAnswer[]
  /** Blocked runs that wait for somebody else. */
  stuck: readonly RunInAnswer[]
  inFlight: readonly RunInAnswer[]
  finishedThisWeek: { count: number; medianMs: number | null; succeeded: number; refused: number }
  canStart: readonly { name: string; title: string }[]
  /** Null where the person may not see it. */
  services: readonly ServiceHealth[] | null
}

interface ServiceHealth {
  title: string
  state: 'up' | 'troubled' | 'down'
  /** What is wrong, in words. */
  detail: string | null
}

const MOST_LISTED = 10
const MOST_ASKS = 8
const MOST_STARTS = 20

/** The App Home: what needs me, what is stuck, what is under way, what can be started. */
export function homeView(model: HomeModel, ctx: DrawContext): HomeView {
  const blocks: KnownBlock[] = [
    ...starts(model.canStart),
    ...needsYou(model, ctx),
    ...(model.stuck.length > 0 ? runList({ title: '🔴 Stuck, with others', runs: model.stuck, none: '' }, ctx) : []),
    ...runList({ title: '🔵 Under way', runs: model.inFlight, none: 'Nothing is under way.' }, ctx),
    ...week(model.finishedThisWeek),
    ...health(model.services),
    context(markup(`As of ${dateToken(ctx.now, 'near')}`)),
  ]
  return { type: 'home', blocks }
}

function needsYou({ needsYou: blocked, asks }: HomeModel, ctx: DrawContext): KnownBlock[] {
  const decisions = decisionsIn(blocked) + asks.length
  const title = decisions === 0 ? 'Needs you' : `🔴 Needs you: ${count(decisions, 'decision')}`
  if (asks.length === 0) return runList({ title, runs: blocked, none: '✅ Nothing needs you right now.' }, ctx)
  const shown = asks.slice(0, MOST_ASKS)
  const more = asks.length - shown.length
  return [
    header(title),
    ...shown.flatMap((ask) => askEntry(ask, ctx)),
    ...(more > 0 ? [context(`and ${more} more: /purser tasks lists them`)] : []),
    ...blocked.slice(0, MOST_LISTED).flatMap((each) => listEntry(each, ctx)),
    ...(blocked.length > MOST_LISTED ? [context(`and ${blocked.length - MOST_LISTED} more that are stuck`)] : []),
  ]
}

const decisionsIn = (runs: readonly { run: Run; outline: WorkflowOutline }[]): number =>
  runs.reduce((sum, { run }) => sum + run.steps.filter(isBlocking).length, 0)

function starts(canStart: HomeModel['canStart']): KnownBlock[] {
  if (canStart.length === 0) return []
  const buttons = canStart.slice(0, MOST_STARTS).map(({ name, title }, index) =>
    button({
      text: title,
      action: startRunAction(index),
      value: encodeWorkflowRef(name),
      label: `Start: ${title}`,
    }),
  )
  return [header('Start'), actions(buttons)]
}

function runList(
  { title, runs, none }: { title: string; runs: readonly RunInAnswer[]; none: string },
  ctx: DrawContext,
): KnownBlock[] {
  const shown = runs.slice(0, MOST_LISTED)
  const more = runs.length - shown.length
  return [
    header(title),
    ...(shown.length === 0 ? [section(none)] : []),
    ...shown.flatMap((each) => listEntry(each, ctx)),
    ...(more > 0 ? [context(`and ${more} more: /process lists them`)] : []),
  ]
}

function week({ count: finished, medianMs, succeeded, refused }: HomeModel['finishedThisWeek']): KnownBlock[] {
  if (finished === 0) return [header('This week'), section('Nothing has finished this week yet.')]
  const median = medianMs === null ? '' : `, half of them within ${duration(medianMs)}`
  // A refusal is an answer, neither a success nor a failure.
  const carriedOut = finished - refused
  const rate = `${Math.round((succeeded / carriedOut) * 100)}% succeeded (${succeeded} of ${carriedOut}).`
  const others = refused === 0 ? '' : ` ${refused} ${refused === 1 ? 'was' : 'were'} refused.`
  const all = `${count(finished, 'run')} finished${median}.${carriedOut === 0 ? '' : ` ${rate}`}${others}`
  return [header('This week'), section(all)]
}

const HEALTH: Record<ServiceHealth['state'], string> = { up: '🟢 working', troubled: '🟡 in trouble', down: '🔴 down' }

function health(services: HomeModel['services']): KnownBlock[] {
  if (services === null || services.length === 0) return []
  if (services.every((service) => service.state === 'up')) return [header('Services'), paragraph('🟢 All are working.')]
  const points = services.slice(0, 20).map(({ title, state, detail }): Words => {
    const why: Words = detail === null ? [] : [': ', outside(detail, 200)]
    return [outside(title, 60), ` · ${HEALTH[state]}`, ...why]
  })
  return [header('Services'), labelled('Not all are working', { points })]
}
