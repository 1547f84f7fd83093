import type { Actor } from '../../src/domain/actor.ts'
import type { Earlier } from '../../src/domain/earlier.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { Proposal } from '../../src/domain/proposal.ts'
import type { Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import { proposalInWords } from '../cards/proposal.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { encodeRunRef } from '../references.ts'
import { bold, day, lines, moment, outside, passage, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { heldFromStart } from './held-at-start.ts'

const drawing = (...all: Words[]): Drawing => ({ blocks: [lines(all)], text: fallbackText(all) })

/** Not allowed: `what` as in "retry a step of Employee onboarding", `who` may in words, as the rules say it. */
export const notAllowed = ({ what, who }: { what: string; who: string }): Drawing =>
  drawing(texts.privateAnswers.youMayNot(outside(what, 200)), texts.privateAnswers.whoMay(bold(who, 200)))

export interface TooLate {
  run: Run
  /** The decision that was first, when a person made it. */
  by: Earlier | null
  /** The state of the step or of the run now. */
  status: string
}

/** Somebody was first, or the step went on by itself. */
export function tooLate({ run, by, status }: TooLate, ctx: DrawContext): Drawing {
  const { beforeYou, nowIn, changedNothing } = texts.privateAnswers
  const first: Words = by
    ? beforeYou(bold(ctx.name(by.by), 80), by.kind, moment(by.at, ctx.now))
    : [texts.words.movedOn]
  return drawing(first, changedNothing(outside(nowIn[status] ?? status, 80), outside(run.subject.label)))
}

/** The rules ask for a second person: what was proposed, and what comes next. */
export const proposed = ({ proposal, run }: { proposal: Proposal; run: Run }): Drawing =>
  drawing(
    texts.privateAnswers.proposed(proposalInWords(proposal)),
    texts.privateAnswers.proposalStands(outside(run.subject.label), day(proposal.expiresAt)),
  )

/** What somebody asked for cannot be carried out, and the way out. */
export const refused = ({ message, hint }: { message: string; hint: string }): Drawing =>
  drawing(texts.privateAnswers.refused(passage(message, 700)), [passage(hint, 700)])

export const foreignWorkspace = (): Drawing =>
  drawing([texts.privateAnswers.foreignWorkspace], [texts.privateAnswers.foreignWayOut])

export const guestRefused = (): Drawing =>
  drawing([texts.privateAnswers.guestRefused], [texts.privateAnswers.guestWayOut])

export const noSuchRun = (asked: string): Drawing =>
  drawing(texts.privateAnswers.noSuchRun(outside(asked, 100)), texts.privateAnswers.whereRunsAre())

/** Something broke on our side; the log holds the same reference. */
export const wentWrong = (reference: string): Drawing =>
  drawing([texts.privateAnswers.wentWrong], texts.privateAnswers.reference(bold(reference, 60)))

/** A run was started; its card stands in `channel`. */
export function started(run: Run, channel: string, ctx: DrawContext): Drawing {
  const says = texts.privateAnswers.started(bold(run.subject.label), shortId(run.id), outside(channel, 80))
  const show = button({ text: texts.words.show, action: actionIds.showRun, value: encodeRunRef(run.id) })
  const told = [says, ...heldFromStart(run, ctx)]
  return { blocks: [lines(told), actions([show])], text: fallbackText(told) }
}

/** The same form was sent twice: the run that the first one started. */
export const alreadyStarted = (run: Run): Drawing =>
  drawing(texts.privateAnswers.alreadyStarted(bold(shortId(run.id)), outside(run.subject.label)))

export interface SubjectBusy {
  run: Run
  startedBy: Actor
}

/** An unfinished run of the same workflow is about the same subject. */
export const subjectBusy = ({ run, startedBy }: SubjectBusy, ctx: DrawContext): Drawing =>
  drawing(
    texts.privateAnswers.subjectBusy(bold(run.subject.label), bold(shortId(run.id))),
    texts.privateAnswers.busyWayOut({
      by: outside(ctx.name(startedBy), 80),
      since: day(run.startedAt),
      command: bold(`/process ${shortId(run.id)}`),
    }),
  )

/** A button that this version of Purser does not know any more. */
export const buttonForgotten = (): Drawing =>
  drawing([texts.privateAnswers.buttonForgotten], texts.privateAnswers.buttonsThatWork())
