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
import { texts } from '../texts/index.ts'
import { type AskSubject, askCard, mentioned, startedBy } from './ask-card.ts'
import { cancelOf, stamps } from './failure-people.ts'
import type { Part } from './part.ts'
import { askActions } from './remind-menu.ts'
import { cancelledBy } from './run-status.ts'

/** The card of something that is done by hand: what, for whom, by whom, until when; then what came of it. */
export function taskCard(subject: AskSubject, wait: TaskWait, ctx: DrawContext): Drawing {
  const { run, step, outline } = subject
  const title = headline(step, wait, tameLine(stepTitle(outline, step.key), 100))
  const parts: Part[] = [
    { label: texts.askCards.whatIsToBeDone, says: [passage(wait.instructions, 1_500)], points: [] },
    { label: texts.words.whatFor, says: startedBy(run, ctx), points: facts(subject.input, run.input, run, ctx) },
    step.status === 'waiting' ? open(subject, wait, ctx) : ended(subject, ctx),
  ]
  return askCard(subject, { title, parts, buttons: taskButtons(run, step) }, ctx)
}

function headline(step: Step, wait: TaskWait, title: string): string {
  const { task } = texts.askCards
  switch (step.status) {
    case 'waiting':
      return task(wait.overdue ? 'overdue' : 'waiting', title)
    case 'succeeded':
      return task('done', title)
    case 'skipped':
      return task('skipped', title)
    default:
      return task('over', title)
  }
}

function open({ run, step, asked }: AskSubject, wait: TaskWait, ctx: DrawContext): Part {
  const short = wait.short === undefined ? [] : [tooFewAreThere(true)]
  const points = [...short, ...standInLines(wait.standIns ?? [], run.team, ctx), ...stamps({ run, step }, ctx)]
  return { label: texts.askCards.whoDoesIt, says: doers(mentioned(asked), wait), points }
}

function doers(who: Words, { dueAt, overdue }: TaskWait): Words {
  const says = texts.askCards
  if (dueAt === null) return says.doers(who)
  return overdue ? says.doersLate(who, day(dueAt)) : says.doersBy(who, day(dueAt))
}

function ended({ run, step, output }: AskSubject, ctx: DrawContext): Part {
  const { askCards: says, endings } = texts
  const label = texts.words.howItEnded
  switch (step.status) {
    case 'succeeded': {
      const by = step.markedBy && bold(ctx.name(step.markedBy), 80)
      const handed = stamps({ run, step }, ctx, step.decisions.findLast(({ kind }) => kind === 'complete') ?? null)
      const points = [...facts(output, step.output, run, ctx), ...handed]
      return { label, says: says.done(by, moment(step.at, run.startedAt)), points }
    }
    case 'skipped': {
      const debt = openDebts(run).find((each) => each.step === step.key)
      const owed: Words = debt ? ['\n', ...endings.stillOwed(bold(ctx.name(debt.owner), 80), date(debt.due))] : []
      const at = moment(step.at, run.startedAt)
      const skipped = { by: bold(ctx.name(step.by), 80), confirmedBy: null, at, reason: passage(step.reason, 500) }
      return { label, says: [...endings.skipped(skipped), ...owed], points: [] }
    }
    default: {
      const over = run.status === 'cancelled' ? endings.runCancelled(cancelledBy(run, ctx)) : [says.notNeeded]
      return { label, says: over, points: stamps({ run, step }, ctx, cancelOf(run, step)) }
    }
  }
}

/** What those can press who are to do it, on the card and in their App Home; nothing once it is done. */
export function taskButtons(run: Run, step: Step): KnownBlock[] {
  if (step.status !== 'waiting') return []

  const { askCards: says, words } = texts
  const value = encodeStepRef({ run: run.id, step: step.key, version: step.version })
  const elements = [
    button({ text: says.markDone, action: actionIds.complete, value, style: 'primary' }),
    button({ text: words.handOver, action: actionIds.reassign, value }),
    button({ text: words.skip, action: actionIds.skip, value }),
  ]
  return [askActions(elements, { run: run.id, step: step.key, version: step.version })]
}
