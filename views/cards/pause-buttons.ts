import type { Button } from '@slack/types'
import type { Hold } from '../../src/domain/hold.ts'
import { ended, type Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { button, plain } from '../blocks.ts'
import type { DrawContext } from '../drawing.ts'
import { scopeInWords } from '../held.ts'
import { limits } from '../limits.ts'
import { tameLine } from '../outside-text.ts'
import { encodeHoldRef, encodeRunRef } from '../references.ts'

/** Lets a paused run go on. */
export const resumeRunButton = (run: Run): Button =>
  button({
    text: 'Resume run',
    action: actionIds.resumeRun,
    value: encodeRunRef(run.id),
    style: 'primary',
    label: `Resume: ${run.subject.label}`,
  })

/** Pauses a run, or lets it go on; neither for one that has ended, and no pause for one that is being undone. */
export function pauseRunButtons(run: Run): Button[] {
  if (ended(run)) return []
  if (run.paused) return [resumeRunButton(run)]
  if (run.cancelled) return []
  const value = encodeRunRef(run.id)
  return [button({ text: 'Pause…', action: actionIds.pauseRun, value, label: 'Pause this run' })]
}

/** Ends a pause of more than one run: where it stands beside one of them, it says so, and asks. */
export function resumeHoldButton(hold: Hold, ctx: DrawContext): Button {
  const what = tameLine(scopeInWords(hold, ctx), 50)
  const press = button({ text: `Resume ${what}`, action: actionIds.resumeHold, value: encodeHoldRef(hold.id) })
  return {
    ...press,
    confirm: {
      title: plain('Resume all of it?', limits.confirmTitle),
      text: plain(`Everything that this pause holds goes on, oldest first: ${what}.`, limits.confirmText),
      confirm: plain('Resume', limits.confirmButton),
      deny: plain('Not yet', limits.confirmButton),
    },
  }
}
