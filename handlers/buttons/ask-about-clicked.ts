import { z } from 'zod'
import { answerAboutRun, type OneQuestion } from '../../src/slack/ask/answer-about-one.ts'
import type { ButtonHandler } from '../../src/slack/handler.ts'
import { askAboutActions } from '../../views/action-ids.ts'
import { type AskRef, decodeAskRef } from '../../views/references.ts'
import { tell } from '../answer.ts'
import { runAtHand } from '../run-at-hand.ts'

/** "Did you mean…": answers the question about the run that was meant. */
export const askAboutClicked: ButtonHandler = {
  action: askAboutActions,
  async handle(press, ports) {
    const ref = decodeAskRef(press.value)
    const at = await runAtHand(ports, press, { id: ref?.run ?? null, action: 'see' })
    if (!ref || !at.ok) return at.ok ? undefined : await tell(ports, press, at.answer)
    const { run, definition, person } = at.found
    const question = questionOf(ref, run.subject.label)
    const told = await answerAboutRun(ports, { question, person, run: { run, outline: definition.outline } })
    await tell(ports, press, told)
  },
}

const Deed = z
  .enum(['start', 'approve', 'refuse', 'skip', 'retry', 'escalate', 'complete', 'hand-over', 'cancel'])
  .catch('start')

function questionOf({ kind, deed, span }: AskRef, asked: string): OneQuestion {
  const words = [asked]
  const period = span ? ({ kind: 'exact', ...span } as const) : null
  if (kind === 'who') return { kind, deed: Deed.parse(deed), asked, words, ...(period ? { period } : {}) }
  return kind === 'did' ? { kind, asked, words, period } : { kind, asked, words }
}
