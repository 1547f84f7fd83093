import type { KnownBlock } from '@slack/types'
import type { Step } from '../../src/domain/run.ts'
import { approvalButtons } from '../cards/approval-card.ts'
import { taskButtons } from '../cards/task-card.ts'
import type { DrawContext } from '../drawing.ts'
import { tameList } from '../outside-text.ts'
import { bold, day, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { waitsFor } from '../waits-for.ts'
import type { RunInAnswer } from './status-answer.ts'

/** An approval or a task for which somebody is asked. */
export interface AskInAnswer extends RunInAnswer {
  step: Step
  /** When they want to be reminded of it, in milliseconds since 1970. */
  remindAt?: number
}

/** What is asked and about whom, in a line. */
export function askWords({ run, outline, step, remindAt }: AskInAnswer, ctx: DrawContext): Words {
  const about = tameList([stepTitle(outline, step.key, run), run.subject.label, outline.title])
  return texts.lists.ask({
    about: bold(about, 250),
    waits: step.status === 'waiting' ? waitsFor(step, run, ctx) : null,
    remindAt: remindAt === undefined ? null : day(remindAt),
  })
}

/** The same in a list, with the buttons that answer it. */
export function askEntry(ask: AskInAnswer, ctx: DrawContext): KnownBlock[] {
  const { run, step } = ask
  const buttons = step.wait?.kind === 'approval' ? approvalButtons(run, step) : taskButtons(run, step)
  return [paragraph(...askWords(ask, ctx)), ...buttons]
}
