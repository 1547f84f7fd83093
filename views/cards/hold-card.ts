import type { KnownBlock } from '@slack/types'
import { actorText } from '../../src/domain/actor.ts'
import type { Hold, HoldDecision, HoldOf } from '../../src/domain/hold.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button, context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { endWords, mayResume, scopeInWords } from '../held.ts'
import { tameLine } from '../outside-text.ts'
import { formBeside } from '../pieces.ts'
import { encodeHoldRef } from '../references.ts'
import { bold, labelled, link, type Mention, moment, outside, passage, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { dateToken, duration } from '../times.ts'
import { mentioned } from './ask-card.ts'
import { type Part, partLines } from './part.ts'

export interface HoldSubject {
  hold: Hold
  /** Runs that wait for it now. */
  waiting: number
  /** Of a brake, the oldest of them: whoever looks has to see what was started, and by whom. */
  oldest?: readonly Run[]
  /** Those who look after it, as Slack knows them. */
  mentions: readonly Mention[]
}

/** The card of a pause, an incident or a brake: what holds what, who waits, what ends it; locked when it is over. */
export function holdCard(subject: HoldSubject, ctx: DrawContext): Drawing {
  const { hold } = subject
  const title = headline(subject, ctx)
  const parts = partsOf(subject, ctx)
  return {
    blocks: [
      header(title),
      context(markup(when(hold))),
      ...parts.map(({ label, says, points }) => labelled(label, { says, points })),
      ...holdButtons(hold),
    ],
    text: fallbackText([[bold(title)], ...partLines(parts)]),
  }
}

function when({ since, closedAt }: Hold): string {
  const from = dateToken(since, 'near')
  return closedAt === null
    ? texts.holdCard.since(from)
    : texts.holdCard.fromTo(from, dateToken(closedAt, formBeside(closedAt, since)))
}

function headline({ hold, waiting }: HoldSubject, ctx: DrawContext): string {
  const says = texts.holdCard
  const what = tameLine(scopeInWords(hold, ctx), 80)
  switch (hold.kind) {
    case 'pause':
      return says.pauses[hold.status](what)
    case 'incident': {
      const service = tameLine(serviceOf(hold, ctx), 80)
      if (hold.status === 'open') return says.incident(service, hold.cause)
      return hold.status === 'releasing' ? says.recovering(service) : says.incidentOver(service)
    }
    case 'brake':
      if (hold.status === 'open') return says.brake(waiting, what)
      if (hold.status === 'closed') return hold.cancelling ? says.brakeCancelled(what) : says.brakeOver(what)
      return hold.cancelling ? says.brakeCancels(what) : says.brakeLetsGo(what)
  }
}

const serviceOf = (hold: Hold, ctx: DrawContext): string =>
  hold.scope.of === 'service' ? ctx.service(hold.scope.service) : texts.held.aService

function partsOf(subject: HoldSubject, ctx: DrawContext): Part[] {
  const { hold } = subject
  const stamped = hold.decisions.filter((each) => !endedIt(each, hold)).map((each): Words => stamp(each, hold, ctx))
  const label = texts.holdCard.whatPeopleDecided
  const done: Part[] = stamped.length === 0 ? [] : [{ label, says: [], points: stamped.slice(-8) }]
  return [...about(subject, ctx), ...done, ...ended(hold, ctx)]
}

function about(subject: HoldSubject, ctx: DrawContext): Part[] {
  const { hold, waiting } = subject
  const { holdCard: card, held, words } = texts
  switch (hold.kind) {
    case 'pause': {
      const until = hold.status === 'open' ? endWords(hold.until, mayResume(hold, ctx)) : []
      const says = card.paused({ by: bold(ctx.name(hold.by), 80), until, reason: passage(hold.reason, 500) })
      const what: Part[] =
        hold.status === 'open' ? [{ label: card.whatThatDoes, says: [held.whatAPauseDoes], points: [] }] : []
      return [{ label: words.why, says, points: [] }, ...what, ...waits(hold, waiting)]
    }
    case 'incident':
      return incident(hold, subject, ctx)
    case 'brake': {
      const unusual = card.unusual(hold.starts, duration(hold.withinMs))
      const says: Words = hold.status === 'open' ? [unusual, ' ', card.noneHasBegun] : [unusual]
      const queue = queued(subject, ctx)
      return [{ label: words.whatHappened, says, points: [] }, ...who(subject), ...waits(hold, waiting, queue)]
    }
  }
}

function incident(hold: HoldOf<'incident'>, subject: HoldSubject, ctx: DrawContext): Part[] {
  const { holdCard: card, words } = texts
  const label = hold.status === 'open' ? card.whatFails : card.whatFailed
  const what: Part = { label, says: [passage(hold.failure.message, 500)], points: [] }
  const mends: Part = { label: words.whatToDo, says: [passage(hold.failure.hint, 500)], points: [] }
  if (hold.status === 'closed') return [what, ...ticketPart(hold, ctx)]
  if (hold.status === 'releasing') return [what, ...waits(hold, subject.waiting), ...ticketPart(hold, ctx)]
  const looks: Part = { label: card.whetherItWorks, says: lookedAt(hold), points: [] }
  return [what, mends, ...who(subject), ...waits(hold, subject.waiting), looks, ...ticketPart(hold, ctx)]
}

function lookedAt({ lastProbe, nextProbe, since, reopened }: HoldOf<'incident'>): Words {
  const says = texts.holdCard
  const last: Words = lastProbe ? says.lastLook(moment(lastProbe.at, since)) : [says.notLookedAt]
  const next: Words = nextProbe === null ? [] : [' ', ...says.nextLook(moment(nextProbe, since))]
  const again: Words = reopened === 0 ? [] : [' ', says.cameBack(reopened)]
  return [...last, ...next, ...again]
}

const who = ({ hold, mentions }: HoldSubject): Part[] =>
  mentions.length === 0 || hold.status !== 'open'
    ? []
    : [{ label: texts.holdCard.whoLooksAfter, says: texts.holdCard.lookAfter(mentioned(mentions)), points: [] }]

/** `Jane Doe (run 3f9a2b1c), started by Olga Ops at 10:05` */
function queued({ hold, waiting, oldest = [] }: HoldSubject, ctx: DrawContext): Words[] {
  const told = oldest.map(({ id, subject, startedBy, startedAt }): Words => {
    const started = { by: outside(ctx.name(startedBy), 80), at: moment(startedAt, hold.since) }
    return texts.holdCard.started({ subject: bold(subject.label, 100), run: shortId(id), ...started })
  })
  const more = waiting - told.length
  return told.length > 0 && more > 0 ? [...told, [texts.words.andMore(more)]] : told
}

function waits({ kind, status, release }: Hold, waiting: number, queue: readonly Words[] = []): Part[] {
  const says = texts.holdCard
  const label = says.whatWaits
  if (status === 'closed') return []
  if (status === 'releasing' && release) {
    const gone = says.wentOn(Math.max(0, release.runs - waiting), Math.max(release.runs, waiting))
    return [{ label, says: [gone], points: [] }]
  }
  const none = kind === 'incident' ? says.noneWaitsForService : says.noneWaits
  return [{ label, says: [waiting === 0 ? none : says.runsWait(waiting)], points: queue }]
}

function ticketPart({ escalation, since }: HoldOf<'incident'>, ctx: DrawContext): Part[] {
  if (!escalation) return []
  const { ticket: label, ticketOpening, ticketOpen, ticketFailed } = texts.holdCard
  const asked = { by: bold(ctx.name(escalation.by), 80), at: moment(escalation.at, since) }
  switch (escalation.status) {
    case 'opening':
      return [{ label, says: ticketOpening(asked), points: [] }]
    case 'open': {
      const { url, key } = escalation.ticket
      return [{ label, says: ticketOpen(link(url, key), asked), points: [] }]
    }
    case 'failed':
      return [{ label, says: ticketFailed(outside(escalation.failure.message, 250), asked), points: [] }]
  }
}

/** Who ended it is told by its ending; a reason is told beside their name alone. */
const endedIt = ({ at, by, reason }: HoldDecision, { status, release }: Hold): boolean =>
  status === 'closed' && reason === null && release?.at === at && actorText(release.by) === actorText(by)

/** `▶️ Resumed by Jane Doe at 10:05: reason` */
const stamp = ({ kind, by, at, reason }: HoldDecision, { since }: Hold, ctx: DrawContext): Words =>
  texts.holdCard.stamp({
    kind,
    by: bold(ctx.name(by), 80),
    at: moment(at, since),
    reason: reason ? outside(reason, 250) : null,
  })

function ended(hold: Hold, ctx: DrawContext): Part[] {
  const { release, since, closedAt } = hold
  if (release === null || hold.status !== 'closed' || closedAt === null) return []
  const says = texts.holdCard
  const at = moment(release.at, since)
  const after = duration(release.at - since)
  const how =
    release.by.kind === 'person'
      ? says.endedBy({ by: bold(ctx.name(release.by), 80), at, after })
      : says[endedItself(hold)](at, after)
  const then = hold.kind === 'brake' && hold.cancelling ? says.runsCancelled : says.runsWentOn
  const runs = release.runs === 0 ? says.noneHadToWait : then(release.runs)
  return [{ label: texts.words.howItEnded, says: [...how, ' ', runs], points: [] }]
}

/** Nobody says that a service answered who has not asked it. */
const endedItself = (hold: Hold): 'timeOver' | 'answeredAgain' | 'letGoToTry' => {
  if (hold.kind !== 'incident') return 'timeOver'
  return hold.lastProbe?.answered ? 'answeredAgain' : 'letGoToTry'
}

/** What can be pressed about a hold; nothing once it is over. */
export function holdButtons(hold: Hold): KnownBlock[] {
  const { holdCard: says, words } = texts
  const value = encodeHoldRef(hold.id)
  const press = (text: string, action: string, style?: 'primary' | 'danger') =>
    button({ text, action, value, ...(style ? { style } : {}) })
  if (hold.status === 'closed') return []
  switch (hold.kind) {
    case 'pause':
      return hold.status === 'open' ? [actions([press(words.resume, actionIds.resumeHold, 'primary')])] : []
    case 'incident': {
      const escalates = (hold.escalation?.status ?? 'failed') === 'failed'
      const escalate = escalates ? [press(words.escalate, actionIds.escalateHold)] : []
      const isGivenUp = hold.decisions.some(({ kind }) => kind === 'close')
      const close = isGivenUp ? [] : [press(says.close, actionIds.closeHold)]
      const last = [...escalate, ...close]
      if (hold.status === 'releasing') return last.length === 0 ? [] : [actions(last)]
      return [
        actions([
          press(says.probe, actionIds.probeHold, 'primary'),
          press(says.releaseOneToTry, actionIds.releaseOne),
          press(says.releaseAll, actionIds.releaseAll),
          ...last,
        ]),
      ]
    }
    case 'brake':
      if (hold.status !== 'open') return []
      return [
        actions([
          press(says.releaseAll, actionIds.releaseAll, 'primary'),
          press(says.releaseOne, actionIds.releaseOne),
          press(says.cancelAll, actionIds.cancelHeld, 'danger'),
        ]),
      ]
  }
}
