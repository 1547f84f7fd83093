import type { ModalView } from '@slack/types'
import { PermanentFailure } from '../src/domain/errors.ts'
import type { Asked, HandlerPorts } from '../src/slack/handler.ts'
import { type About, nobody } from '../src/slack/surface.ts'
import { noticeModal } from '../views/answers/notice-modal.ts'
import { refused } from '../views/answers/private.ts'
import { loadingModal } from '../views/modals/modal.ts'
import { type Found, tell } from './answer.ts'

export interface Window {
  view: ModalView
  about: About
}

interface Opening {
  asked: Asked & { triggerId: string }
  /** Of the placeholder. */
  title: string
  draw(): Promise<Found<Window>>
}

/** Opens a window, or says why not. A trigger lives three seconds: where rights have to be looked up, a placeholder comes first. */
export async function openWindow(ports: Pick<HandlerPorts, 'surface' | 'directory'>, opening: Opening): Promise<void> {
  if (!ports.directory.isFresh(opening.asked.team, opening.asked.user)) return await fillLater(ports, opening)
  const drawn = await opening.draw()
  if (!drawn.ok) return await tell(ports, opening.asked, drawn.answer)
  const { about, view } = drawn.found
  await ports.surface.openView(about, opening.asked.triggerId, view)
}

async function fillLater({ surface }: Pick<HandlerPorts, 'surface'>, { asked, title, draw }: Opening): Promise<void> {
  const opened = await surface.openView(nobody(asked.team), asked.triggerId, loadingModal(title))
  // Stays when drawing fails: nobody should look at a placeholder for ever.
  let shown: Window = { about: nobody(asked.team), view: noticeModal(title, couldNotBeFilled()) }
  try {
    const drawn = await draw()
    shown = drawn.ok ? drawn.found : { about: drawn.answer.about, view: noticeModal(title, drawn.answer.drawing) }
  } finally {
    await surface.updateView(shown.about, opened, shown.view).catch(unlessClosed)
  }
}

const couldNotBeFilled = () =>
  refused({
    message: 'This could not be opened; nothing was changed.',
    hint: 'Purser tells you why in a message. Close this, and try again in a minute.',
  })

const CLOSED = new Set(['not-found', 'view-not-found', 'hash-conflict'])

/** People close windows while they are being filled. */
function unlessClosed(error: unknown): void {
  if (!(error instanceof PermanentFailure && CLOSED.has(error.code))) throw error
}
