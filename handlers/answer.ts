import type { Actor } from '../src/domain/actor.ts'
import type { Run } from '../src/domain/run.ts'
import type { Asker } from '../src/slack/authorize.ts'
import type { Asked, HandlerPorts } from '../src/slack/handler.ts'
import type { About } from '../src/slack/surface.ts'
import type { Drawing } from '../views/drawing.ts'

/** What somebody is told, and whom it is about: their key seals it in the ledger. */
export interface Answer {
  drawing: Drawing
  about: About
  /** Of the window that shows it in the place of a form; absent: that nothing was done. */
  title?: string
}

/** What was looked for, or why the asker does not get it. */
export type Found<T> =
  | { ok: true; found: T }
  /** `errors`: what does not fit of what was entered, by field. */
  | { ok: false; answer: Answer; errors?: Readonly<Record<string, string>> }

export const aboutRun = (run: Run): About => ({ team: run.team, subjects: [run.subject.id], run: run.id, step: null })

export const actorOf = (asked: Asker): Actor => ({ kind: 'person', team: asked.team, user: asked.user })

/** Tells the asker alone. */
export function tell(
  { surface }: Pick<HandlerPorts, 'surface'>,
  asked: Asked,
  { drawing, about }: Answer,
): Promise<void> {
  return surface.whisper(asked.place, drawing, { about })
}
