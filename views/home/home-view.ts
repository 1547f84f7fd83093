import type { HomeView, KnownBlock } from '@slack/types'
import type { Absence } from '../../src/domain/absence.ts'
import { actionIds, startRunAction } from '../action-ids.ts'
import { type AskInAnswer, askEntry } from '../answers/ask-entry.ts'
import { type AstrayCards, astrayPart } from '../answers/astray-list.ts'
import { type DueInAnswer, dueEntry } from '../answers/due-list.ts'
import { type HeldBack, heldBackEntry } from '../answers/paused-answer.ts'
import { healthWords, type ServiceNow } from '../answers/services-answer.ts'
import type { SomeOf } from '../answers/some-of.ts'
import type { RunInAnswer } from '../answers/status-answer.ts'
import { actions, button, context, header, markup, section } from '../blocks.ts'
import type { DrawContext } from '../drawing.ts'
import { encodeWorkflowRef } from '../references.ts'
import { day, labelled, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { dateToken, duration } from '../times.ts'
import { encodeHomeFilter, filterMenus, type HomeFilter, isFiltered } from './home-filter.ts'
import { runEntry } from './run-entry.ts'
import { turnPages } from './run-pages.ts'

/** What the App Home shows to one person; already filtered by their rights. */
export interface HomeModel {
  /** Cards that stand nowhere or elsewhere, for whoever may mend that. */
  astray?: readonly AstrayCards[]
  filter: HomeFilter
  /** Blocked runs that this person may decide about. */
  needsYou: SomeOf<RunInAnswer>
  /** Approvals and tasks for which this person is asked. */
  asks: readonly AskInAnswer[]
  /** Blocked runs that wait for somebody else. */
  stuck: SomeOf<RunInAnswer>
  /** Those of the page that the filter names, and how many there are. */
  inFlight: SomeOf<RunInAnswer>
  /** Pauses, incidents and brakes that stand. */
  held: readonly HeldBack[]
  /** Late, or due within days. */
  due: readonly DueInAnswer[]
  finishedThisWeek: { count: number; medianMs: number | null; succeeded: number; refused: number }
  canStart: readonly { name: string; title: string }[]
  /** Those whose runs this person may see. */
  workflows: readonly { name: string; title: string }[]
  services: readonly ServiceNow[]
  /** That this person is away, and who is asked in their place. */
  away?: { absence: Absence; says: Words } | null
}

/** Stuck runs that a Home lists. */
export const MOST_LISTED = 8
const MOST_ASKS = 6
const MOST_HOLDS = 4
const MOST_DUE = 6
const MOST_STARTS = 20

/** The App Home: what needs me, what is stuck, under way, late or due, how services are, what can be started. */
export function homeView(model: HomeModel, ctx: DrawContext): HomeView {
  const seesRuns = model.workflows.length > 0 || model.inFlight.count > 0 || model.stuck.count > 0
  const blocks: KnownBlock[] = [
    ...starts(model.canStart),
    ...needsYou(model, ctx),
    ...held(model.held, ctx),
    ...astrayPart(model.astray ?? []),
    ...(seesRuns ? [filterMenus(model.filter, model.workflows)] : []),
    ...(model.stuck.count > 0 ? stuck(model.stuck, ctx) : []),
    ...underWay(model, ctx),
    ...due(model.due, ctx),
    ...week(model.finishedThisWeek),
    ...health(model.services),
    ...presence(model.away ?? null),
    context(markup(texts.home.asOf(dateToken(ctx.now, 'near')))),
  ]
  return { type: 'home', private_metadata: encodeHomeFilter(model.filter), blocks }
}

function needsYou({ needsYou: blocked, asks }: HomeModel, ctx: DrawContext): KnownBlock[] {
  const decisions = blocked.count + asks.length
  const { needsYou: title, nothingNeedsYou, decisions: areYours, moreAsks: asksLeft, moreStuck } = texts.home
  if (decisions === 0) return [header(title), section(nothingNeedsYou)]
  const moreAsks = asks.length - MOST_ASKS
  const runs = blocked.first.slice(0, MOST_LISTED)
  const moreRuns = blocked.count - runs.length
  return [
    header(areYours(decisions)),
    ...asks.slice(0, MOST_ASKS).flatMap((ask) => askEntry(ask, ctx)),
    ...(moreAsks > 0 ? [context(asksLeft(moreAsks))] : []),
    ...runs.flatMap((each) => runEntry(each, { decides: true }, ctx)),
    ...(moreRuns > 0 ? [context(moreStuck(moreRuns))] : []),
  ]
}

/** What keeps runs from going on, with what one may press; nothing when nothing does. */
function held(holds: HomeModel['held'], ctx: DrawContext): KnownBlock[] {
  if (holds.length === 0) return []
  const more = holds.length - MOST_HOLDS
  return [
    header(texts.home.heldBack),
    ...holds.slice(0, MOST_HOLDS).flatMap((each) => heldBackEntry(each, ctx)),
    ...(more > 0 ? [context(texts.home.moreHeld(more))] : []),
  ]
}

function starts(canStart: HomeModel['canStart']): KnownBlock[] {
  if (canStart.length === 0) return []
  const buttons = canStart.slice(0, MOST_STARTS).map(({ name, title }, index) =>
    button({
      text: title,
      action: startRunAction(index),
      value: encodeWorkflowRef(name),
      label: texts.words.startThat(title),
    }),
  )
  return [header(texts.home.start), actions(buttons)]
}

function stuck({ first, count: all }: SomeOf<RunInAnswer>, ctx: DrawContext): KnownBlock[] {
  const runs = first.slice(0, MOST_LISTED)
  const more = all - runs.length
  return [
    header(texts.home.stuck),
    ...runs.flatMap((each) => runEntry(each, { decides: false }, ctx)),
    ...(more > 0 ? [context(texts.home.moreOfStuck(more))] : []),
  ]
}

function underWay({ inFlight, filter, stuck, needsYou }: HomeModel, ctx: DrawContext): KnownBlock[] {
  const { nothingFits, nothingUnderWay, nothingElse, underWay: title, amountUnderWay } = texts.home
  // What stands further up has begun, and not ended.
  const none = stuck.count + needsYou.count > 0 ? nothingElse : nothingUnderWay
  if (inFlight.count === 0) return [header(title), section(isFiltered(filter) ? nothingFits : none)]
  const buttons = turnPages(inFlight.count, filter)
  return [
    header(amountUnderWay(inFlight.count)),
    ...inFlight.first.flatMap((each) => runEntry(each, { decides: false }, ctx)),
    ...buttons,
  ]
}

function due(all: readonly DueInAnswer[], ctx: DrawContext): KnownBlock[] {
  if (all.length === 0) return []
  const late = all.filter(({ thing }) => thing.at <= ctx.now).length
  const { dueSoon, late: areLate, lateAndDue } = texts.home
  const title = late === 0 ? dueSoon : (late < all.length ? lateAndDue : areLate)(late)
  const more = all.length - MOST_DUE
  return [
    header(title),
    ...all.slice(0, MOST_DUE).flatMap((each) => dueEntry(each, ctx)),
    ...(more > 0 ? [context(texts.home.moreDue(more))] : []),
  ]
}

function week({ count: finished, medianMs, succeeded, refused }: HomeModel['finishedThisWeek']): KnownBlock[] {
  const {
    thisWeek,
    noneFinished,
    finished: haveFinished,
    finishedIn,
    succeeded: rate,
    refused: wereRefused,
  } = texts.home
  if (finished === 0) return [header(thisWeek), section(noneFinished)]
  // A refusal is an answer, neither a success nor a failure.
  const carriedOut = finished - refused
  const percent = Math.round((succeeded / carriedOut) * 100)
  const all = [
    medianMs === null ? haveFinished(finished) : finishedIn(finished, duration(medianMs)),
    ...(carriedOut === 0 ? [] : [rate({ percent, succeeded, of: carriedOut })]),
    ...(refused === 0 ? [] : [wereRefused(refused)]),
  ]
  return [header(thisWeek), section(all.join(' '))]
}

function presence(away: HomeModel['away']): KnownBlock[] {
  const { sayAway, sayBack, youAreAway, awayUntil } = texts.home
  if (!away) return [actions([button({ text: sayAway, action: actionIds.sayAway, value: 'away' })])]
  const { until } = away.absence
  return [
    header(youAreAway),
    paragraph(...(until === null ? [] : awayUntil(day(until))), ...away.says),
    actions([button({ text: sayBack, action: actionIds.sayBack, value: 'back' })]),
  ]
}

function health(services: HomeModel['services']): KnownBlock[] {
  if (services.length === 0) return []
  const troubled = services.filter(({ state }) => state === 'down' || state === 'troubled')
  if (troubled.length === 0) return [header(texts.home.services), paragraph(allWell(services))]
  return [
    header(texts.home.services),
    labelled(texts.home.notAllWork, { points: troubled.slice(0, 20).map(healthWords) }),
  ]
}

function allWell(services: HomeModel['services']): string {
  const unknown = services.filter(({ state }) => state === 'unknown').length
  const { notLookedAt, allWork, lookedAtWork } = texts.home
  if (unknown === services.length) return notLookedAt
  return unknown === 0 ? allWork : lookedAtWork
}
