import type { KnownBlock } from '@slack/types'
import type { Hold, HoldDecision, HoldOf } from '../../src/domain/hold.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button, context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { endWords, mayResume, scopeInWords } from '../held.ts'
import { tameLine } from '../outside-text.ts'
import { encodeHoldRef } from '../references.ts'
import { bold, labelled, link, type Mention, moment, outside, passage, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { dateToken, duration } from '../times.ts'
import { count } from '../wording.ts'
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
      context(markup(`Since ${dateToken(hold.since, 'near')}`)),
      ...parts.map(({ label, says, points }) => labelled(label, { says, points })),
      ...holdButtons(hold),
    ],
    text: fallbackText([[bold(title)], ...partLines(parts)]),
  }
}

function headline({ hold, waiting }: HoldSubject, ctx: DrawContext): string {
  const what = tameLine(scopeInWords(hold, ctx), 80)
  switch (hold.kind) {
    case 'pause':
      if (hold.status === 'open') return `⏸️ Paused: ${what}`
      return hold.status === 'releasing' ? `▶️ Goes on: ${what}` : `✅ Pause over: ${what}`
    case 'incident': {
      const service = tameLine(serviceOf(hold, ctx), 80)
      if (hold.status === 'open') return `🔴 Incident: ${service} ${texts.held.fails[hold.cause]}`
      return hold.status === 'releasing' ? `🟡 Recovering: ${service}` : `✅ Incident over: ${service}`
    }
    case 'brake':
      if (hold.status === 'open')
        return `✋ ${count(waiting, 'start')} of ${what} ${waiting === 1 ? 'waits' : 'wait'} for a look`
      if (hold.status === 'releasing') return `${hold.cancelling ? '⛔ Being cancelled' : '▶️ Being let go on'}: ${what}`
      return `✅ Looked at: starts of ${what}`
  }
}

const serviceOf = (hold: Hold, ctx: DrawContext): string =>
  hold.scope.of === 'service' ? ctx.service(hold.scope.service) : 'a service'

function partsOf(subject: HoldSubject, ctx: DrawContext): Part[] {
  const { hold } = subject
  const stamped = hold.decisions.map((decision): Words => stamp(decision, hold, ctx))
  const done: Part[] =
    stamped.length === 0 ? [] : [{ label: 'What people decided', says: [], points: stamped.slice(-8) }]
  return [...about(subject, ctx), ...done, ...ended(hold, ctx)]
}

function about(subject: HoldSubject, ctx: DrawContext): Part[] {
  const { hold, waiting } = subject
  switch (hold.kind) {
    case 'pause': {
      const until = hold.status === 'open' ? endWords(hold.until, mayResume(hold, ctx)) : []
      const says: Words = [bold(ctx.name(hold.by), 80), ' paused it', ...until, ': ', passage(hold.reason, 500)]
      const what: Part[] =
        hold.status === 'open' ? [{ label: 'What that does', says: [texts.held.whatAPauseDoes], points: [] }] : []
      return [{ label: 'Why', says, points: [] }, ...what, ...waits(hold, waiting)]
    }
    case 'incident':
      return incident(hold, subject, ctx)
    case 'brake': {
      const usual = `More than ${hold.starts} were started within ${duration(hold.withinMs)}; that is more than is usual here. `
      const says: Words = [usual, 'They are accepted, and nothing of them has begun.']
      return [
        { label: 'What happened', says, points: [] },
        ...who(subject),
        ...waits(hold, waiting, queued(subject, ctx)),
      ]
    }
  }
}

function incident(hold: HoldOf<'incident'>, subject: HoldSubject, ctx: DrawContext): Part[] {
  const what: Part = { label: 'What fails', says: [passage(hold.failure.message, 500)], points: [] }
  const mends: Part = { label: 'What to do', says: [passage(hold.failure.hint, 500)], points: [] }
  const again: Words = hold.reopened === 0 ? [] : [` It came back ${count(hold.reopened, 'time')}.`]
  if (hold.status === 'closed') return [what, ...ticketPart(hold, ctx)]
  if (hold.status === 'releasing') return [what, ...waits(hold, subject.waiting), ...ticketPart(hold, ctx)]
  const looks: Part = { label: 'Whether it works again', says: [...lookedAt(hold), ...again], points: [] }
  return [what, mends, ...who(subject), ...waits(hold, subject.waiting), looks, ...ticketPart(hold, ctx)]
}

function lookedAt({ lastProbe, nextProbe, since }: HoldOf<'incident'>): Words {
  const last: Words = lastProbe
    ? ['Last look ', ...moment(lastProbe.at, since), ': it failed. ']
    : ['Not looked at yet. ']
  return nextProbe === null
    ? last
    : [...last, 'Next look ', ...moment(nextProbe, since), '; when it answers, what waits goes on.']
}

const who = ({ hold, mentions }: HoldSubject): Part[] =>
  mentions.length === 0 || hold.status !== 'open'
    ? []
    : [{ label: 'Who looks after it', says: [...mentioned(mentions), '.'], points: [] }]

/** `Jane Doe (run 3f9a2b1c), started by Olga Ops at 10:05` */
function queued({ hold, waiting, oldest = [] }: HoldSubject, ctx: DrawContext): Words[] {
  const told = oldest.map(({ id, subject, startedBy, startedAt }): Words => {
    const by: Words = [', started by ', outside(ctx.name(startedBy), 80), ' ', ...moment(startedAt, hold.since)]
    return [bold(subject.label, 100), ` (run ${shortId(id)})`, ...by]
  })
  const more = waiting - told.length
  return told.length > 0 && more > 0 ? [...told, [`and ${more} more`]] : told
}

function waits({ kind, status, release }: Hold, waiting: number, queue: readonly Words[] = []): Part[] {
  const label = 'What waits'
  if (status === 'closed') return []
  if (status === 'releasing' && release) {
    const gone = Math.max(0, release.runs - waiting)
    return [
      {
        label,
        says: [
          `${gone} of ${count(Math.max(release.runs, waiting), 'run')} went on. The others follow one by one, oldest first.`,
        ],
        points: [],
      },
    ]
  }
  const none =
    kind === 'incident' ? 'No run waits for it yet. Steps that call it from now on are held.' : 'No run waits yet.'
  const some = `${count(waiting, 'run')} ${waiting === 1 ? 'waits' : 'wait'}; nothing is lost, and nothing is sent meanwhile.`
  return [{ label, says: [waiting === 0 ? none : some], points: queue }]
}

function ticketPart({ escalation, since }: HoldOf<'incident'>, ctx: DrawContext): Part[] {
  if (!escalation) return []
  const by: Words = [', asked for by ', bold(ctx.name(escalation.by), 80), ' ', ...moment(escalation.at, since)]
  const label = 'Ticket'
  switch (escalation.status) {
    case 'opening':
      return [{ label, says: ['Is being opened', ...by], points: [] }]
    case 'open':
      return [{ label, says: [link(escalation.ticket.url, escalation.ticket.key), ...by], points: [] }]
    case 'failed':
      return [
        { label, says: ['Could not be opened', ...by, ': ', outside(escalation.failure.message, 250)], points: [] },
      ]
  }
}

const DID: Record<HoldDecision['kind'], string> = {
  resume: '▶️ Resumed',
  probe: '🔎 Looked at now',
  'release-one': '▶️ One let go on to try',
  'release-all': '▶️ All let go on',
  escalate: '🆘 Escalated',
  close: '✔️ Closed',
  'cancel-all': '⛔ All cancelled',
}

/** `▶️ Resumed by Jane Doe at 10:05: reason` */
function stamp({ kind, by, at, reason }: HoldDecision, { since }: Hold, ctx: DrawContext): Words {
  const because: Words = reason ? [': ', outside(reason, 250)] : []
  return [`${DID[kind]} by `, bold(ctx.name(by), 80), ' ', ...moment(at, since), ...because]
}

function ended(hold: Hold, ctx: DrawContext): Part[] {
  const { release, since, closedAt } = hold
  if (release === null || hold.status !== 'closed' || closedAt === null) return []
  const by: Words = release.by.kind === 'person' ? ['Ended by ', bold(ctx.name(release.by), 80)] : [endedItself(hold)]
  const cancelled = hold.kind === 'brake' && hold.cancelling
  const then =
    release.runs === 0 ? 'No run had to wait.' : `${count(release.runs, 'run')} ${cancelled ? 'cancelled' : 'went on'}.`
  const says: Words = [...by, ' ', ...moment(release.at, since), `, after ${duration(release.at - since)}. ${then}`]
  return [{ label: 'How it ended', says, points: [] }]
}

/** Nobody says that a service answered who has not asked it. */
const endedItself = (hold: Hold): string => {
  if (hold.kind !== 'incident') return 'Its time was over'
  return hold.lastProbe?.answered ? 'It answered again' : 'What waited was let go on to try'
}

/** What can be pressed about a hold; nothing once it is over. */
export function holdButtons(hold: Hold): KnownBlock[] {
  const value = encodeHoldRef(hold.id)
  const press = (text: string, action: string, style?: 'primary' | 'danger') =>
    button({ text, action, value, ...(style ? { style } : {}) })
  if (hold.status === 'closed') return []
  switch (hold.kind) {
    case 'pause':
      return hold.status === 'open' ? [actions([press('Resume', actionIds.resumeHold, 'primary')])] : []
    case 'incident': {
      const escalates = (hold.escalation?.status ?? 'failed') === 'failed'
      const escalate = escalates ? [press('Escalate…', actionIds.escalateHold)] : []
      const isGivenUp = hold.decisions.some(({ kind }) => kind === 'close')
      const close = isGivenUp ? [] : [press('Close…', actionIds.closeHold)]
      const last = [...escalate, ...close]
      if (hold.status === 'releasing') return last.length === 0 ? [] : [actions(last)]
      return [
        actions([
          press('Probe now', actionIds.probeHold, 'primary'),
          press('Release one to try', actionIds.releaseOne),
          press('Release all', actionIds.releaseAll),
          ...last,
        ]),
      ]
    }
    case 'brake':
      if (hold.status !== 'open') return []
      return [
        actions([
          press('Release all', actionIds.releaseAll, 'primary'),
          press('Release one', actionIds.releaseOne),
          press('Cancel all…', actionIds.cancelHeld, 'danger'),
        ]),
      ]
  }
}
