import type { Button } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import { outlineOf, type WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import { undoes } from '../../src/domain/step-key.ts'
import { undoPlan } from '../../src/domain/undo-plan.ts'
import { showRunAction } from '../action-ids.ts'
import { button } from '../blocks.ts'
import { encodeRunRef } from '../references.ts'
import { bold, day, outside, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'

/** That a run is part of another one. */
export const partOf = ({ parent }: Run): Words[] =>
  parent ? [texts.runCard.partOf(bold(parent.title, 100), shortId(parent.run))] : []

const MOST_BUTTONS = 3

/** Ways from a run to the one that began it, and to those that its own steps began. */
export function kinButtons(run: Run): Button[] {
  const above = run.parent ? [show(run.parent.run, texts.runCard.openRun(run.parent.title), 0)] : []
  const begun = run.steps.flatMap(({ key, wait }) => (wait?.kind === 'run' && undoes(key) === null ? [wait] : []))
  // The newest ones: more would push the other buttons off.
  const below = begun
    .slice(-MOST_BUTTONS)
    .map((wait, index) => show(wait.run, texts.runCard.openRun(wait.title), index + 1))
  return [...above, ...below]
}

/** Buttons of one block need ids of their own. */
const show = (run: Run['id'], text: string, place: number): Button =>
  button({ text, action: showRunAction(place), value: encodeRunRef(run), label: text })

/** What a cancelled run leaves behind: answers that came after it, and what was not undone. */
export function leftBehind(run: Run, outline: WorkflowOutline): Words[] {
  if (run.status !== 'cancelled') return []
  const undone = new Set(run.steps.flatMap(({ key, status }) => (status === 'succeeded' ? (undoes(key) ?? []) : [])))
  const plan = undoPlan(outline, run)
  const stays = plan.stays.filter(({ why }) => why !== 'there-before')
  return [
    ...plan.undone.map(({ step }) => ({ step, how: outlineOf(outline, step.key)?.undo })),
    ...stays.map(({ step }) => ({ step, how: outlineOf(outline, step.key)?.leaves })),
  ]
    .filter(({ step }) => !undone.has(step.key))
    .map((left) => leftLine(left, { run, outline }))
}

type Left = { step: Step; how: string | undefined }

function leftLine({ step, how }: Left, { run, outline }: { run: Run; outline: WorkflowOutline }): Words {
  return texts.runCard.left({
    step: bold(stepTitle(outline, step.key, run), 80),
    cameAt: step.late ? day(step.late.at) : null,
    undo: how ? outside(how, 200) : null,
  })
}
