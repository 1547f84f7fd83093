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
import { texts } from '../texts/index.ts'

/** Lets a paused run go on. */
export const resumeRunButton = (run: Run): Button =>
  button({
    text: texts.words.resumeRun,
    action: actionIds.resumeRun,
    value: encodeRunRef(run.id),
    style: 'primary',
    label: texts.runCard.resumeThat(run.subject.label),
  })

/** Pauses a run, or lets it go on; neither for one that has ended, and no pause for one that is being undone. */
export function pauseRunButtons(run: Run): Button[] {
  if (ended(run)) return []
  if (run.paused) return [resumeRunButton(run)]
  if (run.cancelled) return []
  const value = encodeRunRef(run.id)
  const label = texts.runCard.pauseRun
  return [button({ text: texts.words.pause, action: actionIds.pauseRun, value, label })]
}

/** Ends a pause of more than one run: where it stands beside one of them, it says so, and asks. */
export function resumeHoldButton(hold: Hold, ctx: DrawContext): Button {
  const { runCard: says, words } = texts
  const what = tameLine(scopeInWords(hold, ctx), 50)
  const press = button({ text: says.resumeAll(what), action: actionIds.resumeHold, value: encodeHoldRef(hold.id) })
  return {
    ...press,
    confirm: {
      title: plain(says.resumeAllOfIt, limits.confirmTitle),
      text: plain(says.allGoesOn(what), limits.confirmText),
      confirm: plain(words.resume, limits.confirmButton),
      deny: plain(words.notYet, limits.confirmButton),
    },
  }
}
