import type { Actor } from '../../src/domain/actor.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { Proposal } from '../../src/domain/proposal.ts'
import type { Decision, Earlier, Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import { proposalInWords } from '../cards/proposal.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { encodeRunRef } from '../references.ts'
import { bold, day, lines, moment, outside, passage, type Words } from '../rich-text.ts'
import { heldFromStart } from './held-at-start.ts'

const drawing = (...all: Words[]): Drawing => ({ blocks: [lines(all)], text: fallbackText(all) })

/** Not allowed: `what` as in "retry a step of Employee onboarding", `who` may in words, as the rules say it. */
export const notAllowed = ({ what, who }: { what: string; who: string }): Drawing =>
  drawing(
    ['🚫 You may not ', outside(what, 200), '.'],
    [bold(who, 200), ' may. Ask one of them to do it, or to add you to a group in the rules file.'],
  )

const PAST: Record<Decision['kind'], string> = {
  retry: 'retried it',
  skip: 'skipped it',
  'mark-done': 'marked it done',
  escalate: 'escalated it',
  cancel: 'cancelled the run',
  approve: 'approved it',
  refuse: 'refused it',
  delegate: 'handed it over',
  complete: 'marked it done',
  reassign: 'handed it over',
  edit: 'changed its input and retried it',
  restart: 'restarted the run',
  'take-over': 'took it over',
  propose: 'proposed it',
  withdraw: 'withdrew the proposal',
  'use-rules': 'let it go on by today’s rules',
  'close-debt': 'closed it',
  'hand-over-debt': 'handed it over',
  pause: 'paused the run',
  resume: 'let the run go on',
}

/** States of steps and runs, as somebody reads them who came too late; anything else stands as it is. */
const NOW: Readonly<Record<string, string>> = {
  'backing-off': 'being retried by itself',
  pending: 'about to start',
  unknown: 'of unknown outcome',
  succeeded: 'done',
  'not-needed': 'no longer needed',
  cancelling: 'being undone, after a cancel',
  'succeeded-with-debt': 'done, with something still owed',
  held: 'held back',
}

export interface TooLate {
  run: Run
  /** The decision that was first, when a person made it. */
  by: Earlier | null
  /** The state of the step or of the run now. */
  status: string
}

/** Somebody was first, or the step went on by itself. */
export function tooLate({ run, by, status }: TooLate, ctx: DrawContext): Drawing {
  const first: Words = by
    ? ['⏱️ ', bold(ctx.name(by.by), 80), ` ${PAST[by.kind]} `, ...moment(by.at, ctx.now), ', before you.']
    : ['⏱️ It has moved on by itself since this button was drawn.']
  return drawing(first, [
    'It is now ',
    outside(NOW[status] ?? status, 80),
    '. Nothing was changed by your click; the card of ',
    outside(run.subject.label),
    ' shows how it stands.',
  ])
}

/** The rules ask for a second person: what was proposed, and what comes next. */
export const proposed = ({ proposal, run }: { proposal: Proposal; run: Run }): Drawing =>
  drawing(
    ['🤝 Proposed, not done yet: the rules ask for a second person to ', proposalInWords(proposal), '.'],
    [
      'It stands on the card of ',
      outside(run.subject.label),
      '. Somebody else who may decide it confirms it there until ',
      day(proposal.expiresAt),
      '.',
    ],
  )

/** What somebody asked for cannot be carried out, and the way out. */
export const refused = ({ message, hint }: { message: string; hint: string }): Drawing =>
  drawing(['🚫 ', passage(message, 700)], [passage(hint, 700)])

export const foreignWorkspace = (): Drawing =>
  drawing(
    ['🚫 This card belongs to another workspace.'],
    ['Only its own members may decide here. Ask the person who shared the channel with you.'],
  )

export const guestRefused = (): Drawing =>
  drawing(
    ['🚫 Guests may not decide or start anything here.'],
    ['Ask a full member of this workspace to do it for you.'],
  )

export const noSuchRun = (asked: string): Drawing =>
  drawing(
    ['No such run is known: ', outside(asked, 100), '.'],
    ['It may belong to another workspace. ', bold('/process'), ' lists those that are under way.'],
  )

/** Something broke on our side; the log holds the same reference. */
export const wentWrong = (reference: string): Drawing =>
  drawing(
    ['⚠️ Something went wrong on our side; nothing you typed is at fault.'],
    ['Try again in a minute. If it stays, give this reference to whoever runs Purser: ', bold(reference, 60)],
  )

/** A run was started; its card stands in `channel`. */
export function started(run: Run, channel: string, ctx: DrawContext): Drawing {
  const says: Words = [
    '▶️ Started for ',
    bold(run.subject.label),
    ` (run ${shortId(run.id)}). Its card stands in `,
    outside(channel, 80),
    '.',
  ]
  const show = button({ text: 'Show', action: actionIds.showRun, value: encodeRunRef(run.id) })
  const told = [says, ...heldFromStart(run, ctx)]
  return { blocks: [lines(told), actions([show])], text: fallbackText(told) }
}

/** The same form was sent twice: the run that the first one started. */
export const alreadyStarted = (run: Run): Drawing =>
  drawing([
    'This was started already: run ',
    bold(shortId(run.id)),
    ' for ',
    outside(run.subject.label),
    '. Nothing was done twice.',
  ])

export interface SubjectBusy {
  run: Run
  startedBy: Actor
}

/** An unfinished run of the same workflow is about the same subject. */
export const subjectBusy = ({ run, startedBy }: SubjectBusy, ctx: DrawContext): Drawing =>
  drawing(
    ['🚫 A run for ', bold(run.subject.label), ' is not finished yet: run ', bold(shortId(run.id)), '.'],
    [
      'Started by ',
      outside(ctx.name(startedBy), 80),
      ', ',
      day(run.startedAt),
      '. See it with ',
      bold(`/process ${shortId(run.id)}`),
      '; cancel it there if it should begin anew.',
    ],
  )

/** A button that this version of Purser does not know any more. */
export const buttonForgotten = (): Drawing =>
  drawing(
    ['⏱️ This button is from an older version of Purser; nothing was changed by your click.'],
    [bold('/process'), ' shows how things stand, with buttons that work.'],
  )
