import type { Button, KnownBlock } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import { isBlocking, type Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import type { RunInAnswer } from '../answers/status-answer.ts'
import { actions, button, titled } from '../blocks.ts'
import { runStatus } from '../cards/run-status.ts'
import type { DrawContext } from '../drawing.ts'
import { tameList } from '../outside-text.ts'
import { encodeRunRef, encodeStepRef } from '../references.ts'
import { bold, lines, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** A run on the Home: who, how far, and what can be done with one press. */
export function runEntry(
  { run, outline }: RunInAnswer,
  { decides }: { decides: boolean },
  ctx: DrawContext,
): KnownBlock[] {
  const about = tameList([run.subject.label, outline.title])
  const show = button({
    text: texts.words.show,
    action: actionIds.showRun,
    value: encodeRunRef(run.id),
    label: texts.words.showThat(about),
  })
  const retry = decides ? retryButton(run, about) : []
  const status: Words = [...runStatus(run, outline, ctx), ...texts.home.run(shortId(run.id))]
  if (retry.length === 0) return [titled(about, show), paragraph(...status)]
  return [lines([[bold(about, 200)], status]), actions([...retry, show])]
}

/** Where one step has stopped; with several, one has to look first. An open outcome is only looked at again. */
function retryButton(run: Run, about: string): Button[] {
  const [step, ...others] = run.steps.filter(isBlocking)
  if (!step || others.length > 0) return []
  const text = step.status === 'unknown' ? texts.home.lookAgain : texts.words.retry
  const value = encodeStepRef({ run: run.id, step: step.key, version: step.version })
  return [button({ text, action: actionIds.retry, value, style: 'primary', label: texts.home.retryOf(text, about) })]
}
