import type { KnownBlock } from '@slack/types'
import { openDebts, type Run, type Step } from '../../src/domain/run.ts'
import type { TaskWait } from '../../src/domain/wait.ts'
import { standInLines, tooFewAreThere } from '../absences.ts'
import { actionIds } from '../action-ids.ts'
import { button } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { facts } from '../facts.ts'
import { tameLine } from '../outside-text.ts'
import { encodeStepRef } from '../references.ts'
import { bold, date, day, moment, passage, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { type AskSubject, askCard, mentioned, startedBy } from './ask-card.ts'
import { stamps } from './failure-people.ts'
import type { Part } from './part.ts'
import { askActions } from './remind-menu.ts'
import { cancelledBy } from './run-status.ts'

/** The card of something that is done by hand: what, for whom, by whom, until when; then what came of it. */
export function taskCard(subject: AskSubject, wait: TaskWait, ctx: DrawContext): Drawing {
  const { run, step, outline } = subject
  const title = `${headline(step, wait)}: ${tameLine(stepTitle(outline, step.key), 100)}`
  const parts: Part[] = [
    { label: 'What is to be done', says: [passage(wait.instructions, 1_500)], points: [] },
    { label: 'What for', says: startedBy(run, ctx), points: facts(subject.input, run.input, run, ctx) },
    step.status === 'waiting' ? open(subject, wait, ctx) : ended(subject, ctx),
  ]
  return askCard(subject, { title, parts, buttons: taskButtons(run, step) }, ctx)
}

function headline(step: Step, wait: TaskWait): string {
  switch (step.status) {
    case 'waiting':
      return wait.overdue ? '⏰ Overdue' : '📋 To do'
    case 'succeeded':
      return '✅ Done'
    case 'skipped':
      return '⏩ Skipped'
    default:
      return '⛔ No longer needed'
  }
}

function open({ run, step, asked }: AskSubject, { dueAt, overdue, ...wait }: TaskWait, ctx: DrawContext): Part {
  const due: Words = dueAt === null ? ['.'] : [overdue ? '. It was due ' : ', by ', day(dueAt), '.']
  const short = wait.short === undefined ? [] : [tooFewAreThere(true)]
  const points = [...short, ...standInLines(wait.standIns ?? [], run.team, ctx), ...stamps({ run, step }, ctx)]
  return { label: 'Who does it', says: [...mentioned(asked), ...due], points }
}

function ended({ run, step, output }: AskSubject, ctx: DrawContext): Part {
  const at = (when: number): Words => moment(when, run.startedAt)
  switch (step.status) {
    case 'succeeded': {
      const by: Words = step.markedBy ? [' by ', bold(ctx.name(step.markedBy), 80)] : []
      const handed = stamps({ run, step }, ctx, step.decisions.findLast(({ kind }) => kind === 'complete') ?? null)
      const points = [...facts(output, step.output, run, ctx), ...handed]
      return { label: 'How it ended', says: ['Done', ...by, ' ', ...at(step.at), ':'], points }
    }
    case 'skipped': {
      const debt = openDebts(run).find((each) => each.step === step.key)
      const owed: Words = debt
        ? ['\nStill owed by ', bold(ctx.name(debt.owner), 80), ', due ', date(debt.due), '.']
        : []
      const says: Words = [
        'Skipped by ',
        bold(ctx.name(step.by), 80),
        ' ',
        ...at(step.at),
        ': ',
        passage(step.reason, 500),
      ]
      return { label: 'How it ended', says: [...says, ...owed], points: [] }
    }
    default: {
      const says: Words =
        run.status === 'cancelled'
          ? ['The run was cancelled', ...cancelledBy(run, ctx)]
          : ['It is not needed any more.']
      return { label: 'How it ended', says, points: stamps({ run, step }, ctx) }
    }
  }
}

/** What those can press who are to do it, on the card and in their App Home; nothing once it is done. */
export function taskButtons(run: Run, step: Step): KnownBlock[] {
  if (step.status !== 'waiting') return []

  const value = encodeStepRef({ run: run.id, step: step.key, version: step.version })
  const elements = [
    button({ text: 'Done…', action: actionIds.complete, value, style: 'primary' }),
    button({ text: 'Hand over…', action: actionIds.reassign, value }),
    button({ text: 'Skip…', action: actionIds.skip, value }),
  ]
  return [askActions(elements, { run: run.id, step: step.key, version: step.version })]
}
